package io.github.resilientws.transport.netty;

import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;

import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportContractTests;

/**
 * {@link NettyWebSocketTransport} on NIO.
 */
class NettyNioTransportTests extends WebSocketTransportContractTests {

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	@AfterEach
	void stopBlocking() {
		this.blocking.shutdownNow();
	}

	@Override
	protected WebSocketTransport createTransport() {
		return new NettyWebSocketTransport(this.blocking, true, InetAddress::getAllByName, IoModel.nio());
	}

}
