package io.github.resilientws.transport.netty;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;

import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WireFuzzTests;

/**
 * {@link NettyWebSocketTransport} among hostile servers.
 */
class NettyWireFuzzTests extends WireFuzzTests {

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	@Override
	protected WebSocketTransport createTransport() {
		return new NettyWebSocketTransport(this.blocking, true);
	}

	@AfterAll
	void stopBlocking() {
		this.blocking.shutdownNow();
	}

}
