package io.github.resilientws.transport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.transport.RawServer.Frame;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A transport, a client of one connection and what its server received.
 */
@Timeout(20)
abstract class AbstractTransportTests {

	protected final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();

	protected final CountDownLatch proceed = new CountDownLatch(1);

	protected WebSocketTransport transport;

	protected TransportHarness client;

	protected abstract WebSocketTransport createTransport();

	@BeforeEach
	void start() {
		this.transport = createTransport();
		this.client = new TransportHarness(this.transport);
	}

	@AfterEach
	void stop() throws Exception {
		this.proceed.countDown();
		if (this.transport != null) {
			this.client.close();
			assertThat(this.client.listener.causes).hasSizeLessThanOrEqualTo(1);
			this.transport.close();
		}
	}

}
