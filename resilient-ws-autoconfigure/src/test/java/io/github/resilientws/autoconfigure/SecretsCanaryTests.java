package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.event.WebSocketClientEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Strings that may be found nowhere, in every place that can hold a secret, through all
 * that can happen to a client.
 */
@ExtendWith(RestoredLogging.class)
class SecretsCanaryTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String CANARY = "cAnArY";

	private static final String YAML = """
			management:
			  endpoints: { web: { exposure: { include: '*' } } }
			  endpoint: { health: { show-details: always } }
			resilient-ws:
			  defaults:
			    headers: { Authorization: 'Bearer cAnArY-header', X-Api-Key: cAnArY-header }
			    values: { token: cAnArY-value }
			    subprotocols: [ cAnArY-subprotocol ]
			    connect-timeout: 5s
			    close-timeout: 500ms
			    reconnect: { initial-delay: 100ms, max-delay: 100ms }
			  clients:
			    chat:
			      url: '%1$scAnArY-path?token=cAnArY-query'
			      session:
			        steps:
			        - { send: 'login cAnArY-template {{token}}', await: welcome, fail-on: [ { when: wrong, action: retry } ] }
			        auto-replies: [ { when: ask, send: 'cAnArY-template {{token}}' } ]
			      heartbeat: { mode: text, send: 'cAnArY-template {{token}}', await: pong, interval: 300ms, timeout: 100ms }
			      queue: { capacity: 5, max-bytes: 1KB, ttl: 500ms, overflow: drop-newest }
			    refused: { url: '%2$scAnArY-path?token=cAnArY-query' }
			    nowhere: { url: 'ws://localhost:1/cAnArY-path?token=cAnArY-query' }
			    proxied:
			      url: 'ws://localhost:1/cAnArY-path?token=cAnArY-query'
			      proxy: { host: localhost, port: 1, username: cAnArY-user, password: cAnArY-password }
			    unknown: { url: 'ws://does-not-exist.invalid/cAnArY-path?token=cAnArY-query' }
			    supplied: { queue: { capacity: 5 } }
			    unsupplied: { session: { steps: [ { send: '{{missing}} cAnArY-template' } ] } }
			""";

	private static final List<String> ENDPOINTS = List.of("resilientws", "resilientws/chat", "resilientws/refused",
			"resilientws/nowhere", "resilientws/proxied", "resilientws/unknown", "resilientws/supplied",
			"resilientws/unsupplied", "health", "metrics", "prometheus", "env", "configprops", "beans", "loggers",
			"conditions", "threaddump", "mappings", "info", "scheduledtasks");

	private static final String[] ANSWER = { "X-Secret", "cAnArY-answer", "Set-Cookie", "id=cAnArY-answer",
			"Retry-After", "cAnArY-answer", "Location", "ws://localhost/?token=cAnArY-answer", "WWW-Authenticate",
			"Bearer realm=cAnArY-answer" };

	/** Where a canary was found, and the place it came from. */
	private final Queue<String> finds = new ConcurrentLinkedQueue<>();

	private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();

	@Test
	void secretsAreFoundNowhere() throws Exception {
		CanaryLog log = new CanaryLog(CANARY);
		try (TestWebSocketServer server = TestWebSocketServer.start();
				TestWebSocketServer refusing = TestWebSocketServer.start()) {
			refusing.always().refuseWithBody(503, "body cAnArY-answer", ANSWER);
			server.on((text) -> text.startsWith("login")).reply("welcome");
			server.on((text) -> text.startsWith("cAnArY-template")).reply("pong");
			try (ConfigurableApplicationContext context = Contexts
				.application(WebApplicationType.SERVLET, YAML.formatted(server.url(), refusing.url()), Noise.class)
				.run("--server.port=0", "--logging.level.root=DEBUG", "--logging.level.io.netty=TRACE",
						"--logging.level.io.github.resilientws=TRACE", "--logging.threshold.console=OFF")) {
				log.start();
				ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
				liveThroughEverything(clients.get("chat"), server);
				beRefused(clients.get("refused"), refusing);
				for (String name : List.of("nowhere", "proxied", "unknown", "supplied", "unsupplied")) {
					awaitAttempts(clients.get(name), 2);
				}
				shutDown(clients);
				lookAt(clients);
				lookAt(context.getBean(Noise.class));
				lookAt(context.getBean(MeterRegistry.class));
				lookAt("properties", context.getBean(ResilientWsProperties.class));
				Http http = new Http(context);
				for (String path : ENDPOINTS) {
					assertThat(http.get("/actuator/" + path).statusCode()).as(path).isIn(200, 503);
					lookAt("/actuator/" + path, http.get("/actuator/" + path).body());
				}
				http.json("/actuator/metrics")
					.path("names")
					.valueStream()
					.map((name) -> "/actuator/metrics/" + name.asString())
					.forEach((path) -> lookAt(path, http.get(path).body()));
			}
			assertThat(server.seen().handshakes().toString()).contains("cAnArY-header", "cAnArY-subprotocol",
					"cAnArY-path?token=cAnArY-query");
			assertThat(server.seen().texts()).contains("login cAnArY-template \"cAnArY-value\"", "cAnArY-payload");
		}
		finally {
			log.stop();
		}
		assertThat(log.lines()).as("logged lines").isPositive();
		this.finds.addAll(log.finds());
		assertThat(new TreeSet<>(this.finds)).isEmpty();
	}

	private void liveThroughEverything(ResilientWebSocketClient chat, TestWebSocketServer server) throws Exception {
		awaitState(chat, ConnectionState.READY);
		// payloads, sent and received, that all go wrong in some way
		this.futures.add(chat.send("cAnArY-payload"));
		this.futures.add(chat.send(OutboundMessage.text("cAnArY-payload").withId("an-id")));
		this.futures.add(chat.send("cAnArY-payload".repeat(200)));
		this.futures.add(chat.send("cAnArY-payload\ud800"));
		this.futures.add(chat.convertAndSend(Map.of("cAnArY-payload", new Unwritable())));
		server.open().push("{\"broken\": cAnArY-payload");
		server.open().push("[{\"cAnArY-payload\":\"cAnArY-payload\"}]");
		server.open().push(ByteBuffer.wrap("cAnArY-payload".getBytes(StandardCharsets.UTF_8)));
		server.open().push("ask");
		server.seen().awaitText("cAnArY-payload", LIMIT);
		lose(chat, () -> server.open().sendRaw("cAnArY-garbage".getBytes(StandardCharsets.UTF_8)));
		lose(chat, () -> server.open().sendRaw(new byte[] { (byte) 0x81, 3, (byte) 0xc3, (byte) 0x28, 'c' }));
		lose(chat, () -> server.open().close(4000, "bye"));
		lose(chat, () -> server.open().reset());
		this.futures.add(chat.probe());
		// the session step fails once
		server.once().acceptAndPush("wrong");
		lose(chat, () -> server.open().fin());
		chat.suspend().get(10, TimeUnit.SECONDS);
		for (int i = 0; i < 10; i++) {
			this.futures.add(chat.send("cAnArY-payload"));
		}
		this.futures.add(chat.send(OutboundMessage.text("cAnArY-payload").asVolatile()));
		// longer than the time to live
		Awaitility.await().atMost(LIMIT).until(() -> chat.getStatistics().getQueueSize() == 0 || expired(chat));
		chat.resume().get(10, TimeUnit.SECONDS);
	}

	private static boolean expired(ResilientWebSocketClient chat) {
		return chat.getStatistics().getQueueAge().compareTo(Duration.ofMillis(700)) > 0;
	}

	private void beRefused(ResilientWebSocketClient refused, TestWebSocketServer server) {
		awaitAttempts(refused, 2);
		for (String answer : List.of("cAnArY-answer\r\n\r\n", "HTTP/1.1 503 cAnArY-answer\r\ncAnArY-answer\r\n\r\n",
				"HTTP/1.1 cAnArY-answer\r\n\r\n", "HTTP/1.1 101 cAnArY-answer\r\nUpgrade: cAnArY-answer\r\n\r\n",
				"HTTP/1.1 503 x\r\nContent-Length: cAnArY-answer\r\n\r\n",
				"HTTP/1.1 503 x\r\ncAnArY\u0000answer: cAnArY-answer\r\n\r\n",
				"HTTP/1.1 200 OK\r\nX: " + "cAnArY-answer".repeat(10_000) + "\r\n\r\n")) {
			long before = server.seen().accepted();
			server.always().rawAnswer(answer);
			Awaitility.await().atMost(LIMIT).until(() -> server.seen().accepted() > before + 1);
		}
		server.always().extension("cAnArY-answer");
		awaitAttempts(refused, refused.getStatus().attempts() + 2);
		server.always().subprotocol("cAnArY-answer");
		awaitAttempts(refused, refused.getStatus().attempts() + 2);
		server.always().noSubprotocol();
		awaitState(refused, ConnectionState.FAILED);
		server.always().refuseWithBody(302, "body cAnArY-answer", ANSWER);
		this.futures.add(refused.connect());
		awaitState(refused, ConnectionState.FAILED);
	}

	private void shutDown(ResilientWebSocketClients clients) {
		for (ResilientWebSocketClient client : clients) {
			this.futures.add(client.probe());
			this.futures.add(client.send("cAnArY-payload"));
			this.futures.add(client.disconnect());
			awaitState(client, ConnectionState.CLOSED);
			this.futures.add(client.send("cAnArY-payload"));
			this.futures.add(client.reconnect());
		}
	}

	private void lookAt(ResilientWebSocketClients clients) {
		for (ResilientWebSocketClient client : clients) {
			lookAt("client", client);
			lookAt("status", client.getStatus());
			lookAt("statistics", client.getStatistics());
			lookAt("heartbeat", client.getHeartbeat());
			lookAt(client.getStatus().lastCause());
		}
		Awaitility.await().atMost(LIMIT).until(() -> this.futures.stream().allMatch(CompletableFuture::isDone));
		long failed = this.futures.stream().filter(CompletableFuture::isCompletedExceptionally).count();
		assertThat(failed).as("futures that failed").isGreaterThan(15);
		for (CompletableFuture<?> future : this.futures) {
			future.whenComplete((value, failure) -> {
				lookAt("value of a future", value);
				lookAt("failure of a future", failure);
			});
		}
	}

	private void lookAt(Noise noise) {
		assertThat(noise.events).hasSizeGreaterThan(50);
		for (WebSocketClientEvent event : noise.events) {
			lookAt("event", event);
			if (event instanceof WebSocketDisconnectedEvent disconnected) {
				lookAt(disconnected.getCause());
			}
			if (event instanceof WebSocketReconnectScheduledEvent scheduled) {
				lookAt(scheduled.getCause());
			}
			if (event instanceof WebSocketReconnectFailedEvent failed) {
				lookAt(failed.getCause());
			}
		}
		assertThat(noise.messages).isNotEmpty();
		noise.messages.forEach((message) -> lookAt("message", message));
		assertThat(noise.observations).anyMatch((context) -> context.getName().equals("resilient.ws.handshake"))
			.anyMatch((context) -> context.getName().equals("resilient.ws.send"))
			.anyMatch((context) -> context.getName().equals("resilient.ws.receive"));
		noise.observations.forEach((context) -> {
			lookAt("observation", context);
			lookAt("error of an observation", context.getError());
		});
	}

	private void lookAt(MeterRegistry registry) {
		assertThat(registry.getMeters()).hasSizeGreaterThan(50);
		registry.getMeters().forEach((meter) -> lookAt("meter", meter.getId()));
	}

	private void lookAt(DisconnectCause cause) {
		if (cause != null) {
			lookAt("cause", cause);
			lookAt("description of a cause", cause.describe());
			if (cause instanceof DisconnectCause.ConnectFailed failed) {
				lookAt("failure of an attempt", failed.failure());
			}
			if (cause instanceof DisconnectCause.WriteFailed failed) {
				lookAt("failure of a write", failed.failure());
			}
		}
	}

	private void lookAt(String place, Object thing) {
		for (String text : texts(thing)) {
			if (text.contains(CANARY)) {
				int at = text.indexOf(CANARY);
				this.finds.add(place + " " + thing.getClass().getName() + ": "
						+ text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 50)));
			}
		}
	}

	private static List<String> texts(Object thing) {
		List<String> texts = new ArrayList<>();
		texts.add(String.valueOf(thing));
		if (thing instanceof Throwable failure) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				texts.add(cause.toString());
				Stream.of(cause.getSuppressed()).map(Throwable::toString).forEach(texts::add);
			}
		}
		return texts;
	}

	private static void lose(ResilientWebSocketClient client, Runnable blow) {
		Object since = client.getStatus().since();
		blow.run();
		Awaitility.await().atMost(LIMIT).until(() -> !client.getStatus().since().equals(since));
		awaitState(client, ConnectionState.READY);
	}

	private static void awaitState(ResilientWebSocketClient client, ConnectionState state) {
		Awaitility.await().atMost(LIMIT).until(client::getState, state::equals);
	}

	private static void awaitAttempts(ResilientWebSocketClient client, int attempts) {
		Awaitility.await()
			.alias(client + " after " + attempts + " attempts")
			.atMost(LIMIT)
			.until(() -> client.getStatus().attempts() >= attempts || client.getState() == ConnectionState.FAILED);
	}

	@Configuration(proxyBeanMethods = false)
	static class Noise {

		final Queue<WebSocketClientEvent> events = new ConcurrentLinkedQueue<>();

		final Queue<InboundMessage> messages = new ConcurrentLinkedQueue<>();

		final Queue<Observation.Context> observations = new ConcurrentLinkedQueue<>();

		@Bean
		static HandshakeCustomizer customizer() {
			return (handshake) -> {
				handshake.setHeader("X-Customized", "cAnArY-header");
				switch (handshake.getClientName()) {
					case "supplied" -> throw new IllegalArgumentException("no token for cAnArY-value");
					case "unsupplied" -> handshake.setUrl(URI.create("ws://localhost:1/cAnArY-path"));
					default -> handshake.setValue("token", "cAnArY-value");
				}
			};
		}

		@Bean
		WebSocketMessageListener recorder() {
			return this.messages::add;
		}

		@Bean
		ObservationHandler<Observation.Context> observer() {
			return new ObservationHandler<>() {

				@Override
				public void onStop(Observation.Context context) {
					if (context.getName().startsWith("resilient.ws.")) {
						Noise.this.observations.add(context);
					}
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			};
		}

		@EventListener
		void any(WebSocketClientEvent event) {
			this.events.add(event);
		}

		@WebSocketListener
		void text(String text) {
			throw new IllegalStateException("cannot handle " + text);
		}

		@WebSocketListener
		void converted(List<Integer> list) {
		}

		@WebSocketListener
		void located(Map<String, Integer> map) {
		}

	}

	/** What JSON cannot be made of. */
	public static final class Unwritable {

		public String getSecret() {
			return "cAnArY-payload";
		}

		public Unwritable getSelf() {
			return this;
		}

	}

}
