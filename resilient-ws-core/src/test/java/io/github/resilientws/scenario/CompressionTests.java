package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.test.Frames;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages that are compressed on the way, through a complete client.
 */
class CompressionTests {

	private static final String AGREED = "permessage-deflate; client_no_context_takeover; server_no_context_takeover";

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private TestWebSocketServer server;

	@BeforeEach
	void start() {
		this.server = this.scenario.server();
	}

	@Test
	void messagesOfAllSizesArriveInOrderBothWays() throws Exception {
		this.server.always().extension(AGREED);
		ResilientWebSocketClient client = connect();
		List<String> messages = IntStream.range(0, 500)
			.mapToObj((i) -> i + "{\"name\":\"value\"}".repeat(i % 40))
			.toList();

		messages.forEach((message) -> this.scenario.sends().send(client, message));
		messages.forEach((message) -> this.server.open().sendRaw(Frames.deflated(message)));

		this.server.seen().awaitTexts(messages.size(), Scenario.LIMIT);
		assertThat(this.server.seen().texts()).isEqualTo(messages);
		assertThat(this.server.seen().violations()).isEmpty();
		for (String message : messages) {
			assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo(message);
		}
	}

	@Test
	void bombIsClosedAndTheClientComesBack() throws Exception {
		this.server.always().extension(AGREED);
		ResilientWebSocketClient client = connect();

		this.server.open().sendRaw(Frames.deflated("0".repeat(9 * 1024 * 1024)));

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().has(WebSocketDisconnectedEvent.class));
		assertThat(Events.describe(this.scenario.events().disconnects().get(0))).isEqualTo("Closed 1009");
		await().atMost(Scenario.LIMIT).until(() -> client.isReady() && this.server.seen().accepted() == 2);
		assertThat(this.heard).isEmpty();
	}

	private ResilientWebSocketClient connect() throws Exception {
		return this.scenario.connect(this.scenario.builder(this.server.url())
			.compression(true)
			.listener((message) -> this.heard.add(message.text())));
	}

}
