package io.github.resilientws.sample.chat;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.sample.chat.ChatLine.Status;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.test.context.EmbeddedWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "sample.server.port=0", "resilient-ws.defaults.reconnect.initial-delay=100ms" })
@EmbeddedWebSocketServer(client = { "chat", "alerts" }, script = ChatWithEmbeddedServerTests.ChatServer.class)
class ChatWithEmbeddedServerTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Autowired
	private TestWebSocketServer server;

	@Autowired
	@WebSocketClientName("chat")
	private ResilientWebSocketClient client;

	@Autowired
	private Chat chat;

	@Autowired
	private ChatHistory history;

	@BeforeEach
	void awaitReady() throws InterruptedException {
		assertThat(this.client.awaitReady(LIMIT)).isTrue();
	}

	@Test
	void lineArrivesWhenTheServerSendsItBack() {
		this.server.on("/type = message").reply(Function.identity());
		ChatLine line = this.chat.say("hello");
		awaitStatus(line.id(), Status.ARRIVED);
	}

	@Test
	void lineOfAnotherAuthorIsShown() {
		this.server.push("{\"type\":\"message\",\"room\":\"lobby\",\"from\":\"Ada\",\"text\":\"hi\",\"id\":\"a-1\"}");
		awaitStatus("a-1", Status.ARRIVED);
	}

	@Test
	void lineSaidWhileTheServerRefusesArrivesAfterwards() {
		this.server.refuse(429).on("/type = message").reply(Function.identity());
		this.server.all().reset();
		Awaitility.await().atMost(LIMIT).until(() -> !this.client.isReady());
		ChatLine line = this.chat.say("hello again");
		this.server.always().accept();
		awaitStatus(line.id(), Status.ARRIVED);
	}

	private void awaitStatus(String id, Status status) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.history.lines()).filteredOn((line) -> line.id().equals(id))
				.extracting(ChatLine::status)
				.containsExactly(status));
	}

	/**
	 * Answers that every client of the chat needs to become and stay ready.
	 */
	static class ChatServer implements Consumer<TestWebSocketServer> {

		@Override
		public void accept(TestWebSocketServer server) {
			server.on("/type = AUTH")
				.reply("{\"type\":\"AUTH_OK\"}")
				.on("/type = JOIN")
				.reply("{\"type\":\"JOINED\",\"room\":{{room}}}")
				.on("/type = PING")
				.reply("{\"type\":\"PONG\"}");
		}

	}

}
