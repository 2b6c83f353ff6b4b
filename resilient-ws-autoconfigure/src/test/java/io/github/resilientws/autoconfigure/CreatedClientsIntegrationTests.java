package io.github.resilientws.autoconfigure;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that are made at run time, against a real server.
 */
class CreatedClientsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void takesPartInEverythingUntilItIsRemoved() {
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.SERVLET, """
				management.endpoints.web.exposure.include: health,metrics,resilientws
				management.endpoint.health.show-details: always
				resilient-ws.defaults.heartbeat.interval: 7s
				resilient-ws.defaults.heartbeat.timeout: 6s
				""", EventLog.class, Listener.class)) {
			Http http = new Http(context);
			assertThat(http.json("/actuator/health").path("components").propertyNames()).doesNotContain("resilientWs");
			ResilientWebSocketClient tenant = create(context, "tenant-1");
			awaitState(tenant, ConnectionState.READY);
			EventLog log = context.getBean(EventLog.class);
			// messages do not wait for events of the connection
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(log.names()).containsExactly("Connecting", "Connected", "Ready"));
			this.server.open().push("hello");
			Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketMessageReceivedEvent.class).isEmpty());
			assertThat(log.names()).containsExactly("Connecting", "Connected", "Ready", "MessageReceived");
			assertThat(log.events).allMatch((event) -> event.getClientName().equals("tenant-1"));
			assertThat(context.getBean(Listener.class).heard).containsExactly("tenant-1: hello");
			assertThat(http.json("/actuator/health").path("components").path("resilientWs").path("components"))
				.singleElement()
				.extracting((entry) -> entry.path("details").path("state").asString())
				.isEqualTo("READY");
			JsonNode settings = http.json("/actuator/resilientws/tenant-1").path("settings");
			assertThat(settings.path("urls").path(0).asString()).isEqualTo("ws://127.0.0.1:" + this.server.port());
			assertThat(settings.path("headers").path("X-Tenant").asString()).isEqualTo("******");
			assertThat(settings.path("heartbeat").path("interval").asString()).isEqualTo("PT7S");
			String meter = "/actuator/metrics/resilient.ws.messages.received?tag=client:tenant-1";
			assertThat(http.json(meter).path("measurements").path(0).path("value").asInt()).isOne();

			assertThat(clients(context).remove("tenant-1")).succeedsWithin(LIMIT);
			assertThat(tenant.getState()).isEqualTo(ConnectionState.CLOSED);
			assertThat(log.names()).endsWith("Disconnected", "Closed");
			assertThat(http.get(meter).statusCode()).isEqualTo(404);
			assertThat(http.get("/actuator/resilientws/tenant-1").statusCode()).isEqualTo(404);
			assertThat(http.get("/actuator/health/resilientWs/tenant-1").statusCode()).isEqualTo(404);
			assertThat(http.json("/actuator/health").path("components").propertyNames()).doesNotContain("resilientWs");
		}
	}

	@Test
	void removalSendsWhatWasAccepted() {
		try (ConfigurableApplicationContext context = run()) {
			ResilientWebSocketClient tenant = create(context, "tenant-1");
			awaitState(tenant, ConnectionState.READY);
			List<String> texts = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				texts.add("message " + i);
				tenant.send(texts.get(i));
			}
			assertThat(clients(context).remove("tenant-1")).succeedsWithin(LIMIT);
			assertThat(this.server.seen().texts()).isEqualTo(texts);
			assertThat(this.server.seen().closes()).containsExactly(1000);
		}
	}

	@Test
	void stopOfTheContextSendsWhatWasAccepted() {
		try (ConfigurableApplicationContext context = run()) {
			ResilientWebSocketClient tenant = create(context, "tenant-1");
			awaitState(tenant, ConnectionState.READY);
			tenant.send("last words");
			context.stop();
			assertThat(tenant.getState()).isEqualTo(ConnectionState.CLOSED);
			assertThat(this.server.seen().texts()).containsExactly("last words");
			assertThat(this.server.seen().closes()).containsExactly(1000);
			context.start();
			awaitState(tenant, ConnectionState.READY);
		}
	}

	@Test
	void removalWhileAnAttemptHangsEndsIt() {
		this.server.always().hang();
		try (ConfigurableApplicationContext context = run()) {
			ResilientWebSocketClient tenant = create(context, "tenant-1");
			this.server.seen().awaitHandshakes(1, LIMIT);
			assertThat(clients(context).remove("tenant-1")).succeedsWithin(LIMIT);
			assertThat(tenant.getState()).isEqualTo(ConnectionState.CLOSED);
		}
	}

	@Test
	void listenerMayRemoveItsOwnClient() {
		try (ConfigurableApplicationContext context = run()) {
			ResilientWebSocketClients clients = clients(context);
			CompletableFuture<Void> removed = new CompletableFuture<>();
			ResilientWebSocketClient tenant = clients.create("tenant-1",
					(builder) -> builder.urls(List.of(this.server.url()))
						.listener((message) -> clients.remove("tenant-1").thenRun(() -> removed.complete(null))));
			awaitState(tenant, ConnectionState.READY);
			this.server.open().push("go");
			assertThat(removed).succeedsWithin(LIMIT);
			assertThat(clients).isEmpty();
		}
	}

	@Test
	void nothingIsLeftOfManyClients() throws Exception {
		try (ConfigurableApplicationContext context = run(Listener.class)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			create(context, "warm-up");
			clients(context).remove("warm-up").get();
			Set<String> ioThreads = ioThreads();
			List<WeakReference<ResilientWebSocketClient>> references = new ArrayList<>();
			for (int round = 0; round < 4; round++) {
				references.addAll(createAndRemove(context, "tenant-" + round + "-", 50));
				assertThat(registry.getMeters()).as("round %d", round)
					.noneMatch((meter) -> meter.getId().getName().startsWith("resilient.ws."));
			}
			assertThat(clients(context)).isEmpty();
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("resilientWs")).isNull();
			assertThat(ioThreads())
				.hasSizeLessThanOrEqualTo(Math.max(ioThreads.size(), Runtime.getRuntime().availableProcessors()));
			assertThat(this.server.seen().accepted()).isGreaterThanOrEqualTo(200);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
				System.gc();
				return references.stream().allMatch((reference) -> reference.get() == null);
			});
		}
	}

	private List<WeakReference<ResilientWebSocketClient>> createAndRemove(ConfigurableApplicationContext context,
			String prefix, int number) throws InterruptedException {
		List<ResilientWebSocketClient> clients = new ArrayList<>();
		CountDownLatch removed = new CountDownLatch(number);
		for (int i = 0; i < number; i++) {
			clients.add(create(context, prefix + i));
		}
		for (ResilientWebSocketClient client : clients) {
			assertThat(client.awaitReady(LIMIT)).isTrue();
		}
		assertThat(clients(context)).hasSize(number);
		clients.forEach((client) -> clients(context).remove(client.getName()).thenRun(removed::countDown));
		assertThat(removed.await(30, TimeUnit.SECONDS)).isTrue();
		return clients.stream().map(WeakReference::new).toList();
	}

	private static Set<String> ioThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("resilient-ws-io"))
			.collect(Collectors.toSet());
	}

	private ConfigurableApplicationContext run(Class<?>... sources) {
		return Contexts.run(WebApplicationType.NONE, "resilient-ws.enabled: true", sources);
	}

	private ResilientWebSocketClient create(ConfigurableApplicationContext context, String name) {
		URI url = this.server.url();
		Consumer<ResilientWebSocketClient.Builder> settings = (builder) -> builder.urls(List.of(url))
			.header("X-Tenant", name);
		return clients(context).create(name, settings);
	}

	private static ResilientWebSocketClients clients(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketClients.class);
	}

	private static void awaitState(ResilientWebSocketClient client, ConnectionState state) {
		Awaitility.await().atMost(LIMIT).until(client::getState, state::equals);
	}

	static class Listener {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@WebSocketListener
		void on(String text, ResilientWebSocketClient client) {
			this.heard.add(client.getName() + ": " + text);
		}

	}

}
