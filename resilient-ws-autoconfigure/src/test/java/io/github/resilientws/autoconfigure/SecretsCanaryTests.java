package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.converter.MessageConversionException;
import tools.jackson.databind.JsonNode;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Strings that may be found nowhere, in every place that can hold a secret, through all
 * that can happen to a client.
 */
@ExtendWith(RestoredLogging.class)
class SecretsCanaryTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String YAML = """
			management:
			  endpoints: { web: { exposure: { include: '*' } } }
			  endpoint: { health: { show-details: always }, resilientws: { access: unrestricted } }
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
			      inbound: { request: { when: /question, reply: 'cAnArY-template {{token}}', error: 'cAnArY-template', unhandled: 'cAnArY-template' } }
			    refused: { url: '%2$scAnArY-path?token=cAnArY-query' }
			    nowhere: { url: 'ws://localhost:1/cAnArY-path?token=cAnArY-query' }
			    proxied:
			      url: 'ws://localhost:1/cAnArY-path?token=cAnArY-query'
			      proxy: { host: localhost, port: 1, username: cAnArY-user, password: cAnArY-password }
			    unknown: { url: 'ws://does-not-exist.invalid/cAnArY-path?token=cAnArY-query' }
			    supplied: { queue: { capacity: 5 } }
			    user-info: { queue: { capacity: 5 } }
			    over-spring: { url: '%3$scAnArY-path?token=cAnArY-query', transport: spring }
			    acknowledged:
			      url: '%4$scAnArY-path?token=cAnArY-query'
			      delivery:
			        guarantee: at-least-once
			        envelope: '{"id":{{id}},"data":{{payload}},"token":"cAnArY-template"}'
			        ack-timeout: 200ms
			        max-attempts: 1
			    unsupplied: { session: { steps: [ { send: '{{missing}} cAnArY-template' } ] } }
			""";

	private static final List<String> ENDPOINTS = List.of("resilientws", "health", "metrics", "prometheus", "env",
			"configprops", "beans", "loggers", "conditions", "threaddump", "mappings", "info", "scheduledtasks");

	private static final String[] ANSWER = { "X-Secret", "cAnArY-answer", "Set-Cookie", "id=cAnArY-answer",
			"Retry-After", "cAnArY-answer", "Location", "ws://localhost/?token=cAnArY-answer", "WWW-Authenticate",
			"Bearer realm=cAnArY-answer" };

	/**
	 * Loggers of others that show what they are given, as the documentation says.
	 */
	private static final List<String> EXCEPTED = List.of("org.springframework.web.socket",
			"org.apache.tomcat.websocket");

	private static final URI WITH_USER = URI.create("ws://cAnArY-user:cAnArY-password@localhost/cAnArY-path");

	private final CanaryFinds finds = new CanaryFinds();

	private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();

	@Test
	void secretsAreFoundNowhere() throws Exception {
		CanaryLog log = new CanaryLog(CanaryFinds.CANARY, EXCEPTED);
		try (TestWebSocketServer server = TestWebSocketServer.start();
				TestWebSocketServer refusing = TestWebSocketServer.start();
				TestWebSocketServer spring = TestWebSocketServer.start();
				TestWebSocketServer deaf = TestWebSocketServer.start()) {
			refusing.always().refuseWithBody(503, "body cAnArY-answer", ANSWER);
			server.on((text) -> text.startsWith("login")).reply("welcome");
			server.on((text) -> text.startsWith("cAnArY-template")).reply("pong");
			String yaml = YAML.formatted(server.url(), refusing.url(), spring.url(), deaf.url());
			try (ConfigurableApplicationContext context = Contexts
				.application(WebApplicationType.SERVLET, yaml, CanaryNoise.class)
				.initializers((prepared) -> log.start())
				.run("--server.port=0", "--logging.level.root=TRACE", "--logging.threshold.console=OFF")) {
				ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
				liveThroughEverything(clients.get("chat"), server);
				beRefused(clients.get("refused"), refusing);
				liveOverSpring(clients.get("over-spring"), spring);
				neverBeAcknowledged(clients.get("acknowledged"), deaf);
				for (String name : List.of("nowhere", "proxied", "unknown", "supplied", "unsupplied", "user-info")) {
					awaitAttempts(clients.get(name), 2);
				}
				makeWithUser(clients);
				Http http = new Http(context);
				operate(clients, http);
				shutDown(clients);
				lookAt(clients);
				lookAt(context.getBean(CanaryNoise.class));
				lookAt(http);
				assertThat(context.getBean(MeterRegistry.class).getMeters()).hasSizeGreaterThan(50);
				this.finds.lookAt(context.getBean(MeterRegistry.class));
				this.finds.lookAt("properties", context.getBean(ResilientWebSocketProperties.class));
			}
			for (TestWebSocketServer peer : List.of(server, spring)) {
				assertThat(peer.seen().handshakes().toString()).contains("cAnArY-header", "cAnArY-subprotocol",
						"cAnArY-path?token=cAnArY-query");
				assertThat(peer.seen().texts()).contains("cAnArY-payload");
			}
			assertThat(server.seen().texts()).contains("login cAnArY-template \"cAnArY-value\"");
		}
		finally {
			log.stop();
		}
		assertThat(log.earliest()).as("the first dial").contains("[chat] IDLE -> CONNECTING");
		assertThat(log.finds()).as("log").isEmpty();
		assertThat(this.finds.all()).as("other places").isEmpty();
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

	private void liveOverSpring(ResilientWebSocketClient client, TestWebSocketServer server) {
		awaitState(client, ConnectionState.READY);
		this.futures.add(client.send("cAnArY-payload"));
		server.seen().awaitText("cAnArY-payload", LIMIT);
		server.open().push("{\"broken\": cAnArY-payload");
		lose(client, () -> server.open().sendRaw("cAnArY-garbage".getBytes(StandardCharsets.UTF_8)));
		lose(client, () -> server.open().reset());
		server.always().refuseWithBody(503, "body cAnArY-answer", ANSWER);
		server.open().close(4000, "bye");
		awaitAttempts(client, 2);
		server.always().rawAnswer("HTTP/1.1 101 cAnArY-answer\r\nUpgrade: cAnArY-answer\r\n\r\n");
		awaitAttempts(client, client.getStatus().attempts() + 2);
	}

	private void neverBeAcknowledged(ResilientWebSocketClient client, TestWebSocketServer server) {
		awaitState(client, ConnectionState.READY);
		List<CompletableFuture<?>> sent = List.of(client.send("cAnArY-payload"),
				client.send(ByteBuffer.wrap("cAnArY-payload".getBytes(StandardCharsets.UTF_8))));
		Awaitility.await().atMost(LIMIT).until(() -> sent.stream().allMatch(CompletableFuture::isDone));
		this.futures.addAll(sent);
		assertThat(server.seen().texts()).anyMatch((text) -> text.contains("cAnArY-payload"));
		this.finds.lookAt("dead letters", client.getDeadLetters().list());
		client.getDeadLetters()
			.list()
			.forEach((letter) -> this.futures.add(client.getDeadLetters().resubmit(letter.id())));
	}

	private void makeWithUser(ResilientWebSocketClients clients) {
		List<ThrowingCallable> makers = List.of(
				() -> clients.create("made", (builder) -> builder.urls(List.of(WITH_USER))),
				() -> ResilientWebSocketClient.builder("built", WITH_USER).build());
		for (ThrowingCallable maker : makers) {
			assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(maker)
				.withMessageContaining("must not contain a user")
				.satisfies((refusal) -> this.finds.lookAt("refusal", refusal));
		}
	}

	private void operate(ResilientWebSocketClients clients, Http http) {
		for (ResilientWebSocketClient client : clients) {
			for (String operation : List.of("reconnect", "suspend", "resume", "connect", "disconnect", "connect",
					"x")) {
				HttpResponse<String> answer = http.post("/actuator/resilientws/" + client.getName(),
						"{\"operation\":\"%s\"}".formatted(operation));
				assertThat(answer.statusCode()).isIn(200, 400, 409);
				this.finds.lookAt(operation, answer.body());
			}
		}
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
		clients.forEach(this.finds::lookAt);
		Awaitility.await().atMost(LIMIT).until(() -> this.futures.stream().allMatch(CompletableFuture::isDone));
		long failed = this.futures.stream().filter(CompletableFuture::isCompletedExceptionally).count();
		assertThat(failed).as("futures that failed").isGreaterThan(15);
		for (CompletableFuture<?> future : this.futures) {
			future.whenComplete((value, failure) -> {
				this.finds.lookAt("value of a future", value);
				// the exception of the converter is for the sender, who has the payload
				// anyway
				boolean converted = failure != null && failure.getCause() instanceof MessageConversionException;
				this.finds.lookAt("failure of a future", converted ? failure.toString() : failure);
			});
		}
	}

	private void lookAt(CanaryNoise noise) {
		assertThat(noise.events).hasSizeGreaterThan(50);
		noise.events.forEach(this.finds::lookAt);
		assertThat(noise.refusals).hasSizeGreaterThan(1);
		noise.refusals.forEach((refusal) -> this.finds.lookAt("refusal", refusal));
		assertThat(noise.messages).isNotEmpty();
		noise.messages.forEach((message) -> this.finds.lookAt("message", message));
		assertThat(noise.observations).extracting(Observation.Context::getName)
			.contains("resilient.ws.handshake", "resilient.ws.send", "resilient.ws.receive");
		noise.observations.forEach((context) -> {
			this.finds.lookAt("observation", context);
			this.finds.lookAt("error of an observation", context.getError());
		});
	}

	private void lookAt(Http http) {
		JsonNode clients = http.json("/actuator/resilientws").path("clients");
		assertThat(clients.propertyNames()).contains("user-info", "over-spring").doesNotContain("made");
		Stream<String> names = http.json("/actuator/metrics").path("names").valueStream().map(JsonNode::asString);
		Stream
			.of(ENDPOINTS.stream(), clients.propertyNames().stream().map("resilientws/"::concat),
					names.map("metrics/"::concat))
			.flatMap((paths) -> paths)
			.forEach((path) -> {
				HttpResponse<String> answer = http.get("/actuator/" + path);
				assertThat(answer.statusCode()).as(path).isIn(200, 503);
				this.finds.lookAt(path, answer.body());
			});
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
