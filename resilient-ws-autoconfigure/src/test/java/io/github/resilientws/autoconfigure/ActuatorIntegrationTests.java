package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see over HTTP.
 */
class ActuatorIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String EXPOSED = """
			management:
			  endpoints: { web: { exposure: { include: 'health,metrics,prometheus,resilientws' } } }
			  endpoint: { health: { show-details: always, probes: { enabled: true } } }
			""";

	/** Names and types of the meters, as the contract lists them. */
	private static final Map<String, String> METERS = Map.ofEntries(Map.entry("ready", "gauge"),
			Map.entry("state", "gauge"), Map.entry("connect.attempts", "counter"),
			Map.entry("connect.duration", "timer"), Map.entry("disconnects", "counter"),
			Map.entry("outage.duration", "timer"), Map.entry("next.attempt.delay", "gauge"),
			Map.entry("messages.sent", "counter"), Map.entry("messages.received", "counter"),
			Map.entry("messages.dropped", "counter"), Map.entry("last.received.age", "gauge"),
			Map.entry("queue.size", "gauge"), Map.entry("queue.bytes", "gauge"), Map.entry("queue.age", "gauge"),
			Map.entry("inflight", "gauge"), Map.entry("requests.pending", "gauge"),
			Map.entry("request.duration", "timer"), Map.entry("answer.duration", "timer"),
			Map.entry("inbound.queue.size", "gauge"), Map.entry("listener.duration", "timer"),
			Map.entry("delivery.duration", "timer"), Map.entry("heartbeat.rtt", "timer"),
			Map.entry("heartbeat.missed", "counter"), Map.entry("messages.resent", "counter"),
			Map.entry("dead.letters", "gauge"), Map.entry("subscriptions", "gauge"));

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void healthFollowsTheClient() {
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  defaults: { url: '%s', reconnect: { initial-delay: 10s, jitter: none } }
				  clients:
				    chat: { health: { grace-period: 4s } }
				    extra: { health: { grace-period: 0, critical: false } }
				    idle: { auto-startup: false }
				""")) {
			Http http = new Http(context);
			awaitState(context, "chat", ConnectionState.READY);
			awaitState(context, "extra", ConnectionState.READY);
			assertThat(http.get("/actuator/health").statusCode()).isEqualTo(200);
			JsonNode health = http.json("/actuator/health").path("components").path("resilientWs").path("components");
			assertThat(health.propertyNames()).containsExactlyInAnyOrder("chat", "extra", "idle");
			JsonNode details = health.path("chat").path("details");
			assertThat(health.path("chat").path("status").asString()).isEqualTo("UP");
			assertThat(details.propertyNames()).containsExactlyInAnyOrder("state", "since", "attempts", "queueSize");
			assertThat(details.path("state").asString()).isEqualTo("READY");
			assertThat(Instant.parse(details.path("since").asString())).isBefore(Instant.now());
			assertThat(health.path("idle").path("status").asString()).isEqualTo("UNKNOWN");

			this.server.stop();
			awaitState(context, "chat", ConnectionState.BACKING_OFF);
			awaitState(context, "extra", ConnectionState.BACKING_OFF);
			context.getBean(ResilientWebSocketClients.class).get("chat").send("waits");
			JsonNode during = http.json("/actuator/health/resilientWs/chat");
			assertThat(during.path("status").asString()).isEqualTo("UP");
			assertThat(during.path("details").propertyNames()).containsExactlyInAnyOrder("state", "since", "attempts",
					"lastCause", "nextAttempt", "queueSize");
			assertThat(during.path("details").path("lastCause").asString()).startsWith("Closed 1006 by peer");
			assertThat(during.path("details").path("queueSize").asInt()).isOne();
			assertThat(Instant.parse(during.path("details").path("nextAttempt").asString())).isAfter(Instant.now());
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> http.get("/actuator/health/resilientWs/chat").statusCode() == 503);
			assertThat(http.json("/actuator/health/resilientWs/extra").path("status").asString()).isEqualTo("UP");
			assertThat(http.get("/actuator/health").statusCode()).isEqualTo(503);
			assertThat(http.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			assertThat(http.get("/actuator/health/liveness").body()).doesNotContain("resilientWs");
		}
	}

	@Test
	void clientThatGaveUpIsDown() {
		this.server.always().refuse(410);
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }")) {
			awaitState(context, "chat", ConnectionState.FAILED);
			JsonNode chat = new Http(context).json("/actuator/health/resilientWs/chat");
			assertThat(chat.path("status").asString()).isEqualTo("DOWN");
			assertThat(chat.path("details").path("lastCause").asString())
				.isEqualTo("handshake refused with status 410");
		}
	}

	@Test
	void endpointShowsClientsAndChangesNothing() {
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }")) {
			Http http = new Http(context);
			awaitState(context, "chat", ConnectionState.READY);
			JsonNode chat = http.json("/actuator/resilientws/chat");
			assertThat(chat.propertyNames()).containsExactly("state", "since", "attempts", "lastCause", "nextAttempt",
					"queueSize", "connectionAge", "pendingRequests", "subscriptions", "cluster", "transitions",
					"settings", "counters", "deadLetters");
			assertThat(chat.path("transitions").valueStream().map((one) -> one.path("to").asString()))
				.containsExactly("CONNECTING", "ESTABLISHING", "READY");
			assertThat(chat.path("lastCause").isNull()).isTrue();
			assertThat(Duration.parse(chat.path("connectionAge").asString())).isBetween(Duration.ZERO,
					Duration.ofMinutes(1));
			assertThat(http.json("/actuator/resilientws").path("clients").path("chat").path("since"))
				.isEqualTo(chat.path("since"));
			assertThat(http.get("/actuator/resilientws/unknown").statusCode()).isEqualTo(404);
			assertThat(http.post("/actuator/resilientws/chat")).isIn(404, 405);
			assertThat(http.post("/actuator/resilientws")).isIn(404, 405);
			assertThat(context.getBean(ResilientWebSocketClient.class).isReady()).isTrue();
		}
	}

	@Test
	void allMetersAreThereFromTheStart() {
		try (ConfigurableApplicationContext context = run(
				"resilient-ws: { clients: { chat: { url: '%s', auto-startup: false } } }")) {
			Http http = new Http(context);
			List<String> names = http.json("/actuator/metrics")
				.path("names")
				.valueStream()
				.map(JsonNode::asString)
				.filter((name) -> name.startsWith("resilient.ws."))
				.map((name) -> name.substring("resilient.ws.".length()))
				.toList();
			assertThat(names).containsExactlyInAnyOrderElementsOf(METERS.keySet());
			String prometheus = http.get("/actuator/prometheus").body();
			METERS.forEach((name, type) -> {
				JsonNode meter = http.json("/actuator/metrics/resilient.ws." + name + "?tag=client:chat");
				assertThat(meter.path("measurements").isEmpty()).as(name).isFalse();
				assertThat(prometheus).as(name).containsPattern(inPrometheus(name, type) + "\\{.*client=\"chat\"");
			});
			assertThat(tagValues(http, "state", "state")).containsExactlyInAnyOrder("idle", "standby", "connecting",
					"establishing", "ready", "backing_off", "suspended", "draining", "closed", "failed");
			assertThat(tagValues(http, "disconnects", "cause")).containsExactlyInAnyOrder("closed", "refused",
					"connect_failed", "supply_failed", "heartbeat_lost", "write_failed", "requested", "ownership_lost");
			assertThat(tagValues(http, "messages.dropped", "reason")).containsExactlyInAnyOrder("rejected", "dropped",
					"expired");
			assertThat(tagValues(http, "subscriptions", "state")).containsExactlyInAnyOrder("active", "pending");
			assertThat(tagValues(http, "connect.attempts", "outcome")).containsExactlyInAnyOrder("success", "failure");
		}
	}

	@Test
	void metersCountWhatHappens() {
		this.server.once().refuse(503);
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      url: %s
				      reconnect: { initial-delay: 100ms }
				      heartbeat: { interval: 200ms, timeout: 100ms, max-missed: 100 }
				""")) {
			Http http = new Http(context);
			awaitState(context, "chat", ConnectionState.READY);
			ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
			assertThat(chat.send("one")).succeedsWithin(LIMIT);
			this.server.open().push("two");
			Awaitility.await().atMost(LIMIT).until(() -> value(http, "heartbeat.rtt") >= 1);
			Awaitility.await().atMost(LIMIT).until(() -> value(http, "messages.received") == 1);
			// observers are notified after the future is complete
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(value(http, "delivery.duration?tag=outcome:success")).isOne());
			assertThat(value(http, "ready")).isOne();
			assertThat(value(http, "connect.attempts?tag=outcome:failure")).isOne();
			assertThat(value(http, "connect.attempts?tag=outcome:success")).isOne();
			assertThat(value(http, "disconnects?tag=cause:refused")).isOne();
			assertThat(value(http, "connect.duration")).isEqualTo(2);
			assertThat(value(http, "outage.duration")).isOne();
			assertThat(value(http, "messages.sent")).isOne();
			assertThat(value(http, "state?tag=state:ready")).isOne();
		}
	}

	private static String inPrometheus(String name, String type) {
		String base = "resilient_ws_" + name.replace('.', '_');
		return switch (type) {
			case "counter" -> base + "_total";
			case "timer" -> base + "_seconds_count";
			default -> base + "(_seconds|_bytes)?";
		};
	}

	private static List<String> tagValues(Http http, String meter, String tag) {
		return http.json("/actuator/metrics/resilient.ws." + meter)
			.path("availableTags")
			.valueStream()
			.filter((one) -> one.path("tag").asString().equals(tag))
			.flatMap((one) -> one.path("values").valueStream())
			.map(JsonNode::asString)
			.toList();
	}

	private static double value(Http http, String meter) {
		return http.json("/actuator/metrics/resilient.ws." + meter)
			.path("measurements")
			.path(0)
			.path("value")
			.asDouble();
	}

	private ConfigurableApplicationContext run(String yaml) {
		return Contexts.run(WebApplicationType.SERVLET, EXPOSED + yaml.formatted(this.server.url()));
	}

	private static void awaitState(ConfigurableApplicationContext context, String name, ConnectionState state) {
		ResilientWebSocketClient client = context.getBean(ResilientWebSocketClients.class).get(name);
		Awaitility.await().atMost(LIMIT).until(client::getState, state::equals);
	}

}
