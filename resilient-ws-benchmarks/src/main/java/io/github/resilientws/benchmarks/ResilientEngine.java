package io.github.resilientws.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.QueueSettings.Overflow;

/**
 * This project with default settings, except that a full outbox blocks the senders.
 */
final class ResilientEngine implements Engine {

	private @Nullable ResilientWebSocketClient client;

	@Override
	public void connect(URI url, Inbox inbox) throws Exception {
		this.client = ResilientWebSocketClient.builder("benchmark", url)
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30)))
			.listener((message) -> inbox.received(message.text()))
			.build();
		this.client.connect().get(10, TimeUnit.SECONDS);
	}

	@Override
	public void send(String text) {
		client().send(text);
	}

	@Override
	public void close() throws Exception {
		client().disconnect().get(20, TimeUnit.SECONDS);
	}

	private ResilientWebSocketClient client() {
		if (this.client == null) {
			throw new IllegalStateException("not connected");
		}
		return this.client;
	}

	@Override
	public String toString() {
		return "resilient-ws";
	}

}
