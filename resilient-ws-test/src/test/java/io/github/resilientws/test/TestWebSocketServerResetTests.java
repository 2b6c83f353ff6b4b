package io.github.resilientws.test;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that serves one test after another.
 */
class TestWebSocketServerResetTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final Duration SILENCE = Duration.ofSeconds(1);

	private final TestWebSocketServer server = TestWebSocketServer
		.start((server) -> server.on("/type = login").reply("{\"type\":\"ok\",\"id\":{{id}},\"user\":{{user}}}"));

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void answersByMatcherAndTemplate() {
		JdkClient client = JdkClient.connect(this.server);
		client.send("{\"type\":\"login\",\"id\":7,\"user\":\"a\\\"b\"}");
		client.send("{\"type\":\"login\",\"id\":true,\"user\":{\"name\":1}}");
		awaitTexts(client, "{\"type\":\"ok\",\"id\":7,\"user\":\"a\\\"b\"}",
				"{\"type\":\"ok\",\"id\":true,\"user\":\"{\\\"name\\\":1}\"}");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> this.server.on("/type =  && "));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.server.on("hello").reply("{{a b}}"));
	}

	@Test
	void refusesUntilReset() {
		this.server.refuse(429, "Retry-After", "1");
		for (int i = 0; i < 2; i++) {
			assertThat(JdkClient.connecting(this.server).opening()).failsWithin(LIMIT)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(WebSocketHandshakeException.class,
						(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(429));
		}
		this.server.reset();
		JdkClient.connect(this.server);
	}

	@Test
	void pushesToConnectedClients() {
		JdkClient one = JdkClient.connect(this.server);
		JdkClient other = JdkClient.connect(this.server);
		this.server.push("news");
		awaitTexts(one, "news");
		awaitTexts(other, "news");
	}

	@Test
	void resetForgetsAllButTheScript() {
		JdkClient client = JdkClient.connect(this.server);
		this.server.echo().on("hello").reply("hello you");
		this.server.next(5).refuse(503);
		this.server.all().goSilent();
		this.server.kickAfterSilence(SILENCE, 4000);
		this.server.seen().countOnly();
		this.server.reset();
		assertThat(this.server.seen().handshakes()).isEmpty();
		client.send("hello");
		client.send("{\"type\":\"login\",\"id\":1,\"user\":\"a\"}");
		awaitTexts(client, "{\"type\":\"ok\",\"id\":1,\"user\":\"a\"}");
		assertThat(this.server.seen().texts()).hasSize(2);
		JdkClient.connect(this.server);
		awaitKickOfAnotherServer();
		assertThat(this.server.seen().connectionCount()).isEqualTo(2);
	}

	@Test
	void resetListensAgain() {
		this.server.stop();
		this.server.reset();
		JdkClient.connect(this.server);
	}

	/** The clients of this server would have been kicked before. */
	private static void awaitKickOfAnotherServer() {
		try (TestWebSocketServer other = TestWebSocketServer.start().kickAfterSilence(SILENCE.multipliedBy(2), 4000)) {
			JdkClient.connect(other);
			other.seen().awaitConnections(0, LIMIT);
		}
	}

	private static void awaitTexts(JdkClient client, String... texts) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(client.texts()).containsExactly(texts));
	}

}
