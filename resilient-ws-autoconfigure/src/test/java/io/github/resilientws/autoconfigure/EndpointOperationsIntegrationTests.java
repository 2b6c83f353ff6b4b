package io.github.resilientws.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketConnectedEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators' commands over HTTP.
 */
class EndpointOperationsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String READ_ONLY = """
			management.endpoints.web.exposure.include: resilientws
			resilient-ws.clients.chat: { url: '%s', connect-timeout: 60s }
			""";

	private static final String OPEN = READ_ONLY + "management.endpoint.resilientws.access: unrestricted\n";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void operationsDoWhatTheySay() {
		try (ConfigurableApplicationContext context = run(OPEN)) {
			ResilientWebSocketClient chat = awaitState(context, ConnectionState.READY);
			Http http = new Http(context);
			assertThat(operate(http, "suspend")).isEqualTo("SUSPENDED");
			assertThat(operate(http, "resume")).isIn("CONNECTING", "ESTABLISHING", "READY");
			awaitState(context, ConnectionState.READY);
			assertThat(this.server.seen().accepted()).isEqualTo(2);
			assertThat(operate(http, "reconnect")).isIn("CONNECTING", "ESTABLISHING", "READY");
			this.server.seen().awaitHandshakes(3, LIMIT);
			awaitState(context, ConnectionState.READY);
			assertThat(operate(http, "connect")).isEqualTo("READY");
			assertThat(operate(http, "disconnect")).isIn("DRAINING", "CLOSED");
			awaitState(context, ConnectionState.CLOSED);
			assertThat(operate(http, "connect")).isIn("CONNECTING", "ESTABLISHING", "READY");
			awaitState(context, ConnectionState.READY);
			JsonNode body = body(http.post("/actuator/resilientws/chat", "{\"operation\":\"suspend\"}"));
			assertThat(body.propertyNames()).containsExactly("state", "since", "attempts", "lastCause", "nextAttempt",
					"queueSize", "connectionAge", "pendingRequests", "subscriptions", "cluster", "transitions",
					"settings", "counters", "deadLetters");
			assertThat(body.path("connectionAge").isNull()).isTrue();
			assertThat(chat.getState()).isEqualTo(ConnectionState.SUSPENDED);
		}
	}

	@Test
	void operationThatTheStateForbidsIsAConflict() {
		try (ConfigurableApplicationContext context = run(OPEN)) {
			awaitState(context, ConnectionState.READY);
			Http http = new Http(context);
			operate(http, "suspend");
			assertConflict(http, "connect", "SUSPENDED");
			operate(http, "disconnect");
			awaitState(context, ConnectionState.CLOSED);
			assertConflict(http, "reconnect", "CLOSED");
		}
	}

	@Test
	void operationThatIsMissingOrUnknownIsRefused() {
		try (ConfigurableApplicationContext context = run(OPEN)) {
			awaitState(context, ConnectionState.READY);
			Http http = new Http(context);
			for (String json : List.of("", "{}", "{\"operation\":null}", "{\"operation\":\"\"}",
					"{\"operation\":\"CONNECT\"}", "{\"operation\":\"explode\"}", "{\"operation\":7}",
					"{\"op\":\"connect\"}")) {
				HttpResponse<String> response = http.post("/actuator/resilientws/chat", json);
				assertThat(response.statusCode()).as(json).isEqualTo(400);
				assertThat(body(response).path("error").asString()).as(json)
					.isEqualTo(
							"'operation' must be one of connect, disconnect, reconnect, suspend, resume, resubmit, discard");
			}
			assertThat(this.server.seen().accepted()).isOne();
		}
	}

	@Test
	void deadLetterThatIsNotNamedIsRefusedAndAnUnknownOneNotFound() {
		try (ConfigurableApplicationContext context = run(OPEN)) {
			Http http = new Http(context);
			for (String operation : List.of("resubmit", "discard")) {
				for (String id : List.of("", ",\"id\":null", ",\"id\":\"\"")) {
					HttpResponse<String> response = http.post("/actuator/resilientws/chat",
							"{\"operation\":\"" + operation + "\"" + id + "}");
					assertThat(response.statusCode()).isEqualTo(400);
					assertThat(body(response).path("error").asString())
						.isEqualTo("'id' must be the id of a dead letter");
				}
				HttpResponse<String> response = http.post("/actuator/resilientws/chat",
						"{\"operation\":\"" + operation + "\",\"id\":\"m1\"}");
				assertThat(response.statusCode()).isEqualTo(404);
				assertThat(body(response).path("error").asString()).isEqualTo("[chat] no such dead letter exists");
			}
		}
	}

	@Test
	void unknownClientIsNotFound() {
		try (ConfigurableApplicationContext context = run(OPEN)) {
			Http http = new Http(context);
			assertThat(http.post("/actuator/resilientws/unknown")).isEqualTo(404);
			assertThat(http.post("/actuator/resilientws/unknown", "{}").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void outcomeIsNotWaitedFor() {
		this.server.always().hang();
		try (ConfigurableApplicationContext context = run(OPEN + "resilient-ws.clients.chat.auto-startup: false\n")) {
			assertThat(operate(new Http(context), "connect")).isEqualTo("CONNECTING");
		}
	}

	@Test
	void listenerThatBlocksDoesNotBlockTheAnswer() {
		try (ConfigurableApplicationContext context = run(OPEN, Blocking.class)) {
			awaitState(context, ConnectionState.READY);
			Http http = new Http(context);
			assertThat(operate(http, "connect")).isEqualTo("READY");
			assertThat(operate(http, "suspend")).isEqualTo("SUSPENDED");
			context.getBean(Blocking.class).release.countDown();
		}
	}

	@Test
	void operationsAreClosedUntilTheyAreOpened() {
		try (ConfigurableApplicationContext context = run(READ_ONLY)) {
			ResilientWebSocketClient chat = awaitState(context, ConnectionState.READY);
			Http http = new Http(context);
			assertThat(http.post("/actuator/resilientws/chat")).isIn(404, 405);
			assertThat(http.get("/actuator/resilientws/chat").statusCode()).isEqualTo(200);
			assertThat(chat.isReady()).isTrue();
		}
	}

	private static void assertConflict(Http http, String operation, String state) {
		HttpResponse<String> response = http.post("/actuator/resilientws/chat",
				"{\"operation\":\"" + operation + "\"}");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(body(response).path("error").asString())
			.isEqualTo("[chat] " + operation + "() is not possible in state " + state);
	}

	private static String operate(Http http, String operation) {
		HttpResponse<String> response = http.post("/actuator/resilientws/chat",
				"{\"operation\":\"" + operation + "\"}");
		assertThat(response.statusCode()).as(operation).isEqualTo(200);
		return body(response).path("state").asString();
	}

	private static JsonNode body(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	private ConfigurableApplicationContext run(String yaml, Class<?>... sources) {
		return Contexts.run(WebApplicationType.SERVLET, yaml.formatted(this.server.url()), sources);
	}

	private static ResilientWebSocketClient awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
		Awaitility.await().atMost(LIMIT).until(chat::getState, state::equals);
		return chat;
	}

	static class Blocking {

		private final CountDownLatch release = new CountDownLatch(1);

		@EventListener
		void on(WebSocketConnectedEvent event) throws InterruptedException {
			this.release.await();
		}

	}

}
