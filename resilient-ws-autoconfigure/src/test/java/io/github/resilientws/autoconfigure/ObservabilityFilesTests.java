package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files under {@code docs/observability} against what an application really exports:
 * one client that is fine, one that cannot connect, one that gave up, one that is closed,
 * one that another instance connects, one that this instance owns.
 */
class ObservabilityFilesTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Path FILES = Path.of("..", "docs", "observability");

	private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

	private static Scrape scrape;

	@BeforeAll
	static void scrape() {
		try (TestWebSocketServer server = TestWebSocketServer.start();
				TestWebSocketServer refusing = TestWebSocketServer.start();
				ConfigurableApplicationContext context = Contexts.run(WebApplicationType.SERVLET, """
						spring: { application: { name: shop }, datasource: { url: 'jdbc:h2:mem:observability' } }
						management: { endpoints: { web: { exposure: { include: prometheus } } } }
						resilient-ws:
						  clients:
						    fine: { url: '%1$s', heartbeat: { interval: 200ms, timeout: 100ms, max-missed: 100 } }
						    lost: { url: 'ws://localhost:1', reconnect: { initial-delay: 60s, max-delay: 60s } }
						    gone: { url: '%2$s', auto-startup: false }
						    idle: { url: '%1$s', auto-startup: false }
						    standby: { url: '%1$s', cluster: { mode: one, election: events } }
						    owned: { url: '%1$s', cluster: { mode: one } }
						""".formatted(server.url(), refusing.url()))) {
			refusing.always().refuse(410);
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			clients.get("gone").connect();
			await(clients, "fine", ConnectionState.READY);
			await(clients, "owned", ConnectionState.READY);
			await(clients, "lost", ConnectionState.BACKING_OFF);
			await(clients, "gone", ConnectionState.FAILED);
			await(clients, "standby", ConnectionState.STANDBY);
			clients.get("lost").send("waits");
			assertThat(clients.get("fine").send("goes")).succeedsWithin(LIMIT);
			server.open().push("comes");
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> clients.get("fine").getStatistics().getMessagesReceived() == 1
						&& !clients.get("lost").getStatistics().getQueueAge().isZero());
			scrape = Scrape.of(new Http(context).get("/actuator/prometheus").body());
		}
	}

	@AfterAll
	static void forget() {
		scrape = null;
	}

	@Test
	void dashboardShowsOnlyWhatThereIs() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(FILES.resolve("grafana-dashboard.json").toFile());
		assertThat(dashboard.path("uid").asString()).isNotEmpty();
		assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThan(30);
		assertThat(dashboard.path("templating").path("list").valueStream().map((one) -> one.path("name").asString()))
			.containsExactly("datasource", "client");
		PromQl.check(dashboard.path("templating")
			.path("list")
			.path(1)
			.path("query")
			.path("query")
			.asString()
			.replace(", client)", ")"), scrape);
		Set<Integer> ids = new HashSet<>();
		Set<String> shown = new HashSet<>();
		for (JsonNode panel : dashboard.path("panels")) {
			assertThat(ids.add(panel.path("id").asInt())).as("id of " + panel.path("title")).isTrue();
			assertThat(panel.path("gridPos").path("x").asInt() + panel.path("gridPos").path("w").asInt()).isBetween(1,
					24);
			for (JsonNode target : panel.path("targets")) {
				assertThat(target.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
				String expression = target.path("expr").asString();
				assertThat(expression).contains("{client=~\"$client\"}");
				Set<String> metrics = PromQl.check(expression, scrape);
				shown.addAll(metrics);
				metrics.forEach((metric) -> checkLegend(target.path("legendFormat").asString(), metric));
				checkUnit(panel.path("fieldConfig").path("defaults").path("unit").asString(), metrics, expression);
			}
		}
		assertThat(shown).hasSizeGreaterThan(27)
			.contains("resilient_ws_ready", "resilient_ws_state", "resilient_ws_queue_age_seconds",
					"resilient_ws_delivery_duration_seconds_sum", "resilient_ws_heartbeat_rtt_seconds_max",
					"resilient_ws_outage_duration_seconds_max", "resilient_ws_last_received_age_seconds");
	}

	@Test
	void alertsNameOnlyWhatThereIs() throws IOException {
		Map<String, Map<String, Object>> alerts = alerts();
		assertThat(alerts).containsOnlyKeys("WebSocketClientNotReady", "WebSocketClientFailed",
				"WebSocketClientQueueAge", "WebSocketClientDeadLetters", "WebSocketClientSilentFeed",
				"WebSocketClientNoOwner", "WebSocketClientTwoOwners");
		alerts.values().forEach((alert) -> PromQl.check((String) alert.get("expr"), scrape));
		assertThat(alerts.get("WebSocketClientNotReady")).containsEntry("for", "2m");
	}

	@Test
	void alertsFireForWhomTheyShould() throws IOException {
		assertThat(clients("WebSocketClientNotReady", scrape)).containsExactly("lost");
		assertThat(clients("WebSocketClientFailed", scrape)).containsExactly("gone");
		assertThat(clients("WebSocketClientNoOwner", scrape)).containsExactly("standby");
		assertThat(clients("WebSocketClientTwoOwners", scrape)).isEmpty();
		assertThat(clients("WebSocketClientQueueAge", scrape)).isEmpty();
		assertThat(clients("WebSocketClientQueueAge", scrape.after(Duration.ofSeconds(61)))).containsExactly("lost");
		assertThat(clients("WebSocketClientDeadLetters", scrape)).isEmpty();
		assertThat(clients("WebSocketClientSilentFeed", scrape)).isEmpty();
		assertThat(clients("WebSocketClientSilentFeed", scrape.after(Duration.ofSeconds(121))))
			.containsExactlyInAnyOrder("fine", "owned");
	}

	@Test
	void heartbeatsOfTheInstanceAreMeasuredWithoutAClient() {
		Map<String, Pattern> beats = Map.of("client", Pattern.compile(""), "operation", Pattern.compile("beat"),
				"outcome", Pattern.compile("success"));
		assertThat(scrape.of("resilient_ws_store_duration_seconds_count", beats)).singleElement()
			.satisfies((sample) -> assertThat(sample.value()).isPositive());
	}

	private static Set<String> clients(String alert, Scrape samples) throws IOException {
		return PromQl.clients((String) alerts().get(alert).get("expr"), samples);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> alerts() throws IOException {
		Map<String, Object> file = new Yaml().load(Files.readString(FILES.resolve("prometheus-alerts.yml")));
		Map<String, Map<String, Object>> alerts = new LinkedHashMap<>();
		for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
			for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
				alerts.put((String) rule.get("alert"), rule);
			}
		}
		return alerts;
	}

	private static void checkLegend(String legend, String metric) {
		Matcher label = LEGEND.matcher(legend);
		while (label.find()) {
			if (!label.group(1).equals("instance")) {
				assertThat(PromQl.labels(metric, scrape)).as(legend).contains(label.group(1));
			}
		}
	}

	private static void checkUnit(String unit, Set<String> metrics, String expression) {
		boolean seconds = metrics.stream()
			.anyMatch((metric) -> metric.contains("_seconds") && !metric.endsWith("_count"));
		assertThat(unit.equals("s")).as(expression).isEqualTo(seconds);
		assertThat(unit.equals("bytes")).as(expression)
			.isEqualTo(metrics.stream().allMatch((metric) -> metric.endsWith("_bytes")));
	}

	private static void await(ResilientWebSocketClients clients, String name, ConnectionState state) {
		Awaitility.await().atMost(LIMIT).until(() -> clients.get(name).getState() == state);
	}

}
