package io.github.resilientws.autoconfigure;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing secret reaches operators.
 */
@ExtendWith({ OutputCaptureExtension.class, RestoredLogging.class })
class SecretsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String CANARY = "SECRET-9f3a";

	private static final String YAML = """
			management:
			  endpoints: { web: { exposure: { include: '*' } } }
			  endpoint: { health: { show-details: always } }
			resilient-ws:
			  defaults:
			    headers: { Authorization: 'Bearer SECRET-9f3a' }
			    values: { token: SECRET-9f3a }
			    reconnect: { initial-delay: 100ms, max-delay: 100ms }
			  clients:
			    chat:
			      url: '%1$sSECRET-9f3a?token=SECRET-9f3a'
			      session: { steps: [ { send: 'login SECRET-9f3a {{token}}', await: welcome } ] }
			      heartbeat: { mode: text, send: 'SECRET-9f3a {{token}}', await: pong, interval: 300ms, timeout: 100ms }
			      queue: { capacity: 5, max-bytes: 1KB, ttl: 500ms }
			    refused: { url: '%2$sSECRET-9f3a?token=SECRET-9f3a' }
			    nowhere: { url: 'ws://localhost:1/SECRET-9f3a?token=SECRET-9f3a' }
			    supplied: { queue: { capacity: 5 } }
			""";

	@Test
	void secretsAreInNoAnswerOfTheActuatorAndNotInTheLog(CapturedOutput output) {
		try (TestWebSocketServer server = TestWebSocketServer.start();
				TestWebSocketServer refusing = TestWebSocketServer.start()) {
			server.on((text) -> text.startsWith("login")).reply("welcome");
			refusing.always().refuseWithBody(503, "body " + CANARY, "X-Secret", CANARY, "Set-Cookie", "id=" + CANARY);
			try (ConfigurableApplicationContext context = Contexts
				.application(WebApplicationType.SERVLET, YAML.formatted(server.url(), refusing.url()), Noise.class)
				.run("--server.port=0", "--logging.level.io.github.resilientws=TRACE")) {
				makeNoise(context, server);
				Http http = new Http(context);
				for (String path : List.of("resilientws", "resilientws/chat", "resilientws/refused",
						"resilientws/nowhere", "resilientws/supplied", "health", "metrics", "prometheus", "env",
						"configprops", "beans", "loggers", "conditions", "threaddump", "mappings")) {
					assertThat(http.get("/actuator/" + path).statusCode()).as(path).isIn(200, 503);
					assertThat(http.get("/actuator/" + path).body()).as(path).doesNotContain(CANARY);
				}
			}
		}
		assertThat(output.getAll()).contains("[chat]", "[refused]", "[nowhere]", "[supplied]").doesNotContain(CANARY);
	}

	private static void makeNoise(ConfigurableApplicationContext context, TestWebSocketServer server) {
		ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClients.class).get("chat");
		Awaitility.await().atMost(LIMIT).until(chat::isReady);
		chat.send("payload " + CANARY);
		chat.send(OutboundMessage.text(CANARY).withId("id-of-a-message"));
		assertThat(chat.send(CANARY.repeat(200))).failsWithin(LIMIT);
		server.open().push("{\"broken\": " + CANARY);
		server.open().push(ByteBuffer.wrap(CANARY.getBytes()));
		server.seen().awaitTexts(5, LIMIT);
		server.open().close(4000, "bye");
		Awaitility.await().atMost(LIMIT).until(() -> !chat.isReady());
		Awaitility.await().atMost(LIMIT).until(chat::isReady);
		for (String name : List.of("refused", "nowhere", "supplied")) {
			ResilientWebSocketClient client = context.getBean(ResilientWebSocketClients.class).get(name);
			client.send(CANARY);
			Awaitility.await().atMost(LIMIT).until(() -> client.getStatus().attempts() > 2);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Noise {

		@Bean
		HandshakeCustomizer customizer() {
			return (handshake) -> {
				handshake.setValue("token", CANARY);
				if (handshake.getClientName().equals("supplied")) {
					throw new IllegalArgumentException("no token for " + CANARY);
				}
			};
		}

		@WebSocketListener
		void text(String text) {
			throw new IllegalStateException("cannot handle " + text);
		}

		@WebSocketListener
		void converted(List<String> list) {
		}

	}

}
