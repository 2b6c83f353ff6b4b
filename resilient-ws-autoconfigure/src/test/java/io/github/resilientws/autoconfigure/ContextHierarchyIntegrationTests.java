package io.github.resilientws.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpoint;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Contexts of a hierarchy, each with clients of its own.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContextHierarchyIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final TestWebSocketServer above = TestWebSocketServer.start();

	private final TestWebSocketServer below = TestWebSocketServer.start();

	@TempDir
	private Path directory;

	@AfterEach
	void closeServers() {
		this.above.close();
		this.below.close();
	}

	@Test
	void eachContextStartsStopsAndListsItsOwnClients() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null)) {
			ConfigurableApplicationContext child = run("chat", this.below, parent);
			assertThat(names(parent)).containsExactly("prices");
			assertThat(names(child)).containsExactly("chat");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> child.getBean(ResilientWebSocketClients.class).get("prices"))
				.withMessage("no client 'prices' exists; the clients are: [chat]");
			ResilientWebSocketClient prices = client(parent, "prices");
			ResilientWebSocketClient chat = client(child, "chat");
			child.stop();
			assertThat(chat.getState()).isEqualTo(ConnectionState.CLOSED);
			assertThat(prices.getState()).isEqualTo(ConnectionState.READY);
			assertThat(prices.suspend()).succeedsWithin(LIMIT);
			child.start();
			awaitReady(chat);
			assertThat(prices.getState()).isEqualTo(ConnectionState.SUSPENDED);
			assertThat(prices.resume()).succeedsWithin(LIMIT);
			parent.stop();
			assertThat(prices.getState()).isEqualTo(ConnectionState.CLOSED);
			assertThat(chat.getState()).isEqualTo(ConnectionState.READY);
			parent.start();
			awaitReady(prices);
			child.close();
			assertThat(prices.send("still there")).succeedsWithin(LIMIT);
		}
		assertThat(this.above.seen().handshakes()).hasSize(3);
		assertThat(this.below.seen().handshakes()).hasSize(2);
	}

	@Test
	void clientsOfOneNameAreTwo() {
		try (ConfigurableApplicationContext parent = run("chat", this.above, null, Listeners.class);
				ConfigurableApplicationContext child = run("chat", this.below, parent, Listeners.class,
						Injected.class)) {
			assertThat(client(child, "chat")).isNotSameAs(client(parent, "chat"))
				.isSameAs(child.getBean(Injected.class).chat);
			this.above.push("above");
			this.below.push("below");
			Listeners parentListeners = parent.getBean(Listeners.class);
			Listeners childListeners = child.getBean(Listeners.class);
			Awaitility.await().atMost(LIMIT).until(() -> parentListeners.texts.size() == 2);
			Awaitility.await().atMost(LIMIT).until(() -> childListeners.texts.size() == 2);
			assertThat(parentListeners.texts).containsOnly("above");
			assertThat(childListeners.texts).containsOnly("below");
			assertThat(client(child, "chat").disconnect()).succeedsWithin(LIMIT);
			assertThat(client(parent, "chat").getState()).isEqualTo(ConnectionState.READY);
		}
	}

	@Test
	void listenersAndCustomizersTakePartInClientsOfTheirContext() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null, Listeners.class);
				ConfigurableApplicationContext child = run("chat", this.below, parent, OtherListeners.class)) {
			Listeners parentListeners = parent.getBean(Listeners.class);
			OtherListeners childListeners = child.getBean(OtherListeners.class);
			assertThat(parentListeners.customized).containsExactly("prices");
			assertThat(childListeners.customized).containsExactly("chat");
			this.below.push("below");
			Awaitility.await().atMost(LIMIT).until(() -> childListeners.texts.size() == 2);
			this.above.push("above");
			Awaitility.await().atMost(LIMIT).until(() -> parentListeners.texts.size() == 2);
			assertThat(parentListeners.texts).containsOnly("above");
			assertThat(childListeners.texts).containsOnly("below");
		}
	}

	@Test
	void clientMadeAtRunTimeBelongsToItsContext() throws Exception {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null);
				ConfigurableApplicationContext child = run("chat", this.below, parent, OtherListeners.class)) {
			ResilientWebSocketClient tenant = child.getBean(ResilientWebSocketClients.class)
				.create("prices", (builder) -> builder.urls(List.of(this.below.url())));
			assertThat(tenant.awaitReady(LIMIT)).isTrue();
			assertThat(names(parent)).containsExactly("prices");
			assertThat(names(child)).containsExactly("chat", "prices");
			assertThat(child.getBean(ResilientWebSocketClients.class).remove("prices")).succeedsWithin(LIMIT);
			assertThat(client(parent, "prices").getState()).isEqualTo(ConnectionState.READY);
		}
	}

	@Test
	void clientOfAParentIsInjectedIntoAChild() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null);
				ConfigurableApplicationContext child = run("chat", this.below, parent, InjectedPrices.class)) {
			assertThat(child.getBean(InjectedPrices.class).prices).isSameAs(client(parent, "prices"));
		}
	}

	@Test
	void eventsOfAChildReachItsParentAsSpringPropagatesThem() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null, EventLog.class);
				ConfigurableApplicationContext child = run("chat", this.below, parent, OtherEventLog.class)) {
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(parent.getBean(EventLog.class).of(WebSocketReadyEvent.class))
					.extracting("clientName")
					.containsExactly("prices", "chat"));
			assertThat(child.getBean(OtherEventLog.class).of(WebSocketReadyEvent.class)).extracting("clientName")
				.containsExactly("chat");
		}
	}

	@Test
	void healthAndEndpointShowClientsOfTheirContext() {
		String clients = "resilient-ws: { clients: { %s: { url: '%s' } } }";
		try (ConfigurableApplicationContext parent = run("""
				spring.jmx.enabled: true
				management.endpoints.jmx.exposure.include: resilientws
				""" + clients.formatted("prices", this.above.url()), null);
				ConfigurableApplicationContext child = Contexts.application(WebApplicationType.SERVLET, """
						server.port: 0
						management.endpoints.web.exposure.include: resilientws
						""" + clients.formatted("chat", this.below.url())).parent(parent).run()) {
			assertThat(parent.getBean(ResilientWebSocketEndpoint.class).clients().clients()).containsOnlyKeys("prices");
			assertThat(new Http(child).json("/actuator/resilientws").path("clients").propertyNames())
				.containsExactly("chat");
			assertThat(health(parent).stream()).extracting("name").containsExactly("prices");
			assertThat(health(child).stream()).extracting("name").containsExactly("chat");
		}
	}

	@Test
	void contextWithoutClientsOfItsOwnShowsNone() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null);
				ConfigurableApplicationContext child = Contexts
					.application(WebApplicationType.NONE, "resilient-ws: { enabled: false }")
					.parent(parent)
					.run()) {
			assertThat(child.getBeanNamesForType(ResilientWebSocketEndpoint.class)).isEmpty();
			assertThat(child.containsLocalBean("resilientWsHealthContributor")).isFalse();
		}
	}

	@Test
	void metersOfAChildEndWithIt() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null, Registry.class)) {
			MeterRegistry registry = parent.getBean(MeterRegistry.class);
			ConfigurableApplicationContext child = run("chat", this.below, parent);
			assertThat(registry.get("resilient.ws.ready").tag("client", "chat").gauge().value()).isOne();
			child.close();
			assertThat(registry.find("resilient.ws.ready").tag("client", "chat").gauge()).isNull();
			assertThat(registry.get("resilient.ws.ready").tag("client", "prices").gauge().value()).isOne();
		}
	}

	@Test
	void metersOfOneNameBelongToTheFirstContext(CapturedOutput output) {
		try (ConfigurableApplicationContext parent = run("chat", this.above, null, Registry.class)) {
			MeterRegistry registry = parent.getBean(MeterRegistry.class);
			ConfigurableApplicationContext child = run("chat", this.below, parent);
			assertThat(output)
				.contains("[chat] has no meters: those of this name belong to a client of another context");
			assertThat(client(child, "chat").disconnect()).succeedsWithin(LIMIT);
			assertThat(registry.get("resilient.ws.ready").tag("client", "chat").gauge().value()).isOne();
			child.close();
			assertThat(registry.get("resilient.ws.ready").tag("client", "chat").gauge().value()).isOne();
		}
	}

	@Test
	void storeOfAParentIsRefusedWithItsName() {
		try (ConfigurableApplicationContext parent = run(stored("chat", this.above), null)) {
			FailureAnalysis analysis = Failures
				.analyze(catchThrowable(() -> run(stored("chat", this.below), parent).close()));
			assertThat(analysis.getDescription()).contains("'resilient-ws.clients.chat.queue.directory' is not valid")
				.contains("by the client of this name in the parent context '" + parent.getId() + "'");
			assertThat(analysis.getAction()).contains("Each context of a hierarchy has its own clients");
			awaitReady(client(parent, "chat"));
		}
	}

	@Test
	void clientThatOnlyPropertiesOfTheParentConfigureIsNotMadeAgain() {
		try (ConfigurableApplicationContext parent = Contexts.application(WebApplicationType.NONE, "a: b")
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("parent",
						Map.of("resilient-ws.clients.prices.url", this.above.url().toString(),
								"resilient-ws.defaults.origin", "https://above"))))
			.run()) {
			awaitReady(client(parent, "prices"));
			try (ConfigurableApplicationContext child = run("chat", this.below, parent)) {
				assertThat(child.getEnvironment().getProperty("resilient-ws.clients.prices.url")).isNotNull();
				assertThat(names(child)).containsExactly("chat");
				assertThat(this.below.seen().handshakes().get(0).header("origin")).isEqualTo("https://above");
			}
			assertThat(client(parent, "prices").isReady()).isTrue();
		}
		assertThat(this.above.seen().handshakes()).hasSize(1);
	}

	@Test
	void beanOfAChildDoesNotServeAClientOfItsParent() {
		try (ConfigurableApplicationContext parent = run("prices", this.above, null)) {
			FailureAnalysis analysis = Failures
				.analyze(catchThrowable(() -> run("chat", this.below, parent, ForPrices.class).close()));
			assertThat(analysis.getDescription()).contains("it belongs to a parent context")
				.contains("configured are: chat");
		}
	}

	@Test
	void closingTheParentClosesClientsOfBoth() {
		ConfigurableApplicationContext parent = run("prices", this.above, null);
		ConfigurableApplicationContext child = run("chat", this.below, parent);
		ResilientWebSocketClient chat = client(child, "chat");
		parent.close();
		assertThat(chat.getState()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.above.seen().closes()).containsExactly(1000);
		assertThat(this.below.seen().closes()).containsExactly(1000);
	}

	private String stored(String name, TestWebSocketServer server) {
		return """
				resilient-ws:
				  clients:
				    %s:
				      url: '%s'
				      delivery: { guarantee: at-least-once }
				      queue: { store: file, directory: '%s' }
				""".formatted(name, server.url(), this.directory);
	}

	private static ConfigurableApplicationContext run(String name, TestWebSocketServer server,
			@Nullable ConfigurableApplicationContext parent, Class<?>... sources) {
		ConfigurableApplicationContext context = run(
				"resilient-ws: { clients: { %s: { url: '%s' } } }".formatted(name, server.url()), parent, sources);
		awaitReady(client(context, name));
		return context;
	}

	private static ConfigurableApplicationContext run(String yaml, @Nullable ConfigurableApplicationContext parent,
			Class<?>... sources) {
		SpringApplicationBuilder application = Contexts.application(WebApplicationType.NONE, yaml, sources);
		return (parent != null) ? application.parent(parent).run() : application.run();
	}

	private static ResilientWebSocketClient client(ApplicationContext context, String name) {
		return context.getBean(ResilientWebSocketClients.class).get(name);
	}

	private static void awaitReady(ResilientWebSocketClient client) {
		Awaitility.await().atMost(LIMIT).until(client::isReady);
	}

	private static List<String> names(ApplicationContext context) {
		List<String> names = new CopyOnWriteArrayList<>();
		context.getBean(ResilientWebSocketClients.class).forEach((client) -> names.add(client.getName()));
		return names;
	}

	private static CompositeHealthContributor health(ApplicationContext context) {
		return context.getBean("resilientWsHealthContributor", CompositeHealthContributor.class);
	}

	static class OtherEventLog extends EventLog {

	}

	static class Injected {

		final ResilientWebSocketClient chat;

		Injected(@WebSocketClientName("chat") ResilientWebSocketClient chat) {
			this.chat = chat;
		}

	}

	static class InjectedPrices {

		final ResilientWebSocketClient prices;

		InjectedPrices(@WebSocketClientName("prices") ResilientWebSocketClient prices) {
			this.prices = prices;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	static class Listeners implements WebSocketMessageListener, ResilientWebSocketClientCustomizer {

		final List<String> texts = new CopyOnWriteArrayList<>();

		final List<String> customized = new CopyOnWriteArrayList<>();

		@Override
		public void customize(String name, ResilientWebSocketClient.Builder builder) {
			this.customized.add(name);
		}

		@Override
		public void onMessage(InboundMessage message) {
			this.texts.add(message.text());
		}

		@WebSocketListener
		void on(String text) {
			this.texts.add(text);
		}

	}

	static class OtherListeners extends Listeners {

	}

	@WebSocketClientName("prices")
	static class ForPrices implements WebSocketMessageListener {

		@Override
		public void onMessage(InboundMessage message) {
			// never called
		}

	}

}
