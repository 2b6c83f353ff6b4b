package io.github.resilientws.benchmarks.micro;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Sends through the outbox to a connection that takes everything at once, until the last
 * message is delivered.
 */
@State(Scope.Benchmark)
public class OutboxMicroBenchmark {

	private static final int MESSAGES = 1000;

	private final String text = "x".repeat(128);

	private ResilientWebSocketClient client;

	@Setup
	public void connect() throws Exception {
		this.client = ResilientWebSocketClient.builder("outbox", URI.create("ws://127.0.0.1:1/"))
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30)))
			.component(WebSocketTransportDecorator.class, (name, transport) -> new SinkTransport(transport))
			.build();
		this.client.connect().get(60, TimeUnit.SECONDS);
	}

	@Benchmark
	@OperationsPerInvocation(MESSAGES)
	public void outbox() {
		for (int i = 1; i < MESSAGES; i++) {
			this.client.send(this.text);
		}
		this.client.send(this.text).join();
	}

	@TearDown
	public void disconnect() throws Exception {
		this.client.disconnect().get(60, TimeUnit.SECONDS);
	}

	/**
	 * Has the threads of another transport, but no network.
	 */
	private record SinkTransport(WebSocketTransport threads) implements WebSocketTransport {

		@Override
		public SerialExecutor newExecutor() {
			return this.threads.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			executor.execute(() -> listener.onOpen(Map.of()));
			return new SinkConnection(executor, listener);
		}

		@Override
		public void close() {
			this.threads.close();
		}

	}

}
