package io.github.resilientws.benchmarks.engine;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.QueueSettings.Overflow;

/**
 * This project with default settings, except that a full outbox blocks the senders.
 */
class ResilientEngine implements Engine {

	private final AtomicInteger number = new AtomicInteger();

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		ResilientWebSocketClient client = configure(
				ResilientWebSocketClient.builder("benchmark-" + this.number.incrementAndGet(), url)
					.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30)))
					.listener((message) -> inbox.received(message.text())))
			.build();
		client.connect().get(60, TimeUnit.SECONDS);
		return connection(client);
	}

	ResilientWebSocketClient.Builder configure(ResilientWebSocketClient.Builder builder) {
		return builder;
	}

	Connection connection(ResilientWebSocketClient client) {
		return new ClientConnection(client);
	}

	/**
	 * Sends by a client.
	 */
	static class ClientConnection implements Connection {

		final ResilientWebSocketClient client;

		ClientConnection(ResilientWebSocketClient client) {
			this.client = client;
		}

		@Override
		public void send(String text) {
			this.client.send(text);
		}

		@Override
		public void close() throws Exception {
			this.client.disconnect().get(20, TimeUnit.SECONDS);
		}

	}

}
