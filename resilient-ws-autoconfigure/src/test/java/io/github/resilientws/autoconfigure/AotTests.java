package io.github.resilientws.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The clients of a context that was processed ahead of time.
 */
@CompileWithForkedClassLoader
class AotTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final TestWebSocketServer other = TestWebSocketServer.start();

	@AfterEach
	void closeServers() {
		this.server.close();
		this.other.close();
	}

	@Test
	void clientsListenersAndQualifiersComeToLife() {
		Map<String, Object> settings = Map.of("resilient-ws.clients.chat.url", this.server.url(),
				"resilient-ws.clients.prices-eu.url", this.other.url());
		compile(settings, (initializer) -> {
			try (GenericApplicationContext context = run(initializer, settings)) {
				Desk desk = context.getBean(Desk.class);
				assertThat(context.getBeansOfType(ResilientWebSocketClient.class))
					.containsOnlyKeys("chatWebSocketClient", "pricesEuWebSocketClient");
				assertThat(desk.prices.getName()).isEqualTo("prices-eu");
				ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClients.class).get("chat");
				Awaitility.await().atMost(LIMIT).until(() -> chat.isReady() && desk.prices.isReady());
				this.other.open().push("{\"type\":\"price\",\"item\":{\"name\":\"tea\",\"cents\":250}}");
				Awaitility.await().atMost(LIMIT).until(() -> !desk.items.isEmpty() && !desk.events.isEmpty());
				assertThat(desk.items).containsExactly(new Item("tea", 250));
				assertThat(desk.events).singleElement().extracting("clientName").isEqualTo("prices-eu");
				assertThat(desk.customized).containsOnly("prices-eu");
			}
		});
	}

	@Test
	void whatIsReachedByReflectionHasHints() throws Exception {
		TestGenerationContext generation = new TestGenerationContext();
		generate(Map.of("resilient-ws.clients.prices-eu.url", this.other.url()), generation);
		RuntimeHints hints = generation.getRuntimeHints();
		Method listener = Desk.class.getDeclaredMethod("received", Item.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(listener)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(Item.class.getDeclaredConstructors()[0]))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Item.class.getDeclaredMethod("cents")))
			.accepts(hints);
		for (Class<?> type : ResilientWebSocketProperties.class.getNestMembers()) {
			for (RecordComponent component : recordComponents(type)) {
				assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
					.as(component.toString())
					.accepts(hints);
			}
		}
	}

	@Test
	void generatedCodeHoldsNoSettingButNames() throws Exception {
		TestGenerationContext generation = new TestGenerationContext();
		generate(Map.of("resilient-ws.clients.chat.url", "wss://secret-host/secret-path",
				"resilient-ws.clients.chat.headers.secret-name", "secret-header",
				"resilient-ws.clients.chat.values.token", "secret-token"), generation);
		for (Kind kind : Kind.values()) {
			for (InputStreamSource file : generation.getGeneratedFiles().getGeneratedFiles(kind).values()) {
				assertThat(file.getInputStream()).asString(StandardCharsets.UTF_8).doesNotContain("secret-");
			}
		}
	}

	@Test
	void settingsThatDoNotFitAtRunTimeAreRefused() {
		Map<String, Object> names = Map.of("resilient-ws.clients.prices-eu.url", this.other.url(),
				"resilient-ws.clients.early.url", this.server.url());
		compile(names, (initializer) -> {
			assertThat(failure(initializer, Map.of("resilient-ws.clients.prices-eu.url", this.other.url())))
				.contains("client 'early'", "but was when the application was processed ahead of time");
			assertThat(failure(initializer, with(names, "resilient-ws.clients.late.url", this.server.url())))
				.contains("client 'late'", "but was not when the application was processed ahead of time");
			assertThat(failure(initializer, with(names, "resilient-ws.clients.early.conect-timeout", "5s")))
				.contains("conect-timeout' is unknown; did you mean");
		});
	}

	private static Map<String, Object> with(Map<String, Object> settings, String key, Object value) {
		Map<String, Object> result = new HashMap<>(settings);
		result.put(key, value);
		return result;
	}

	private static String failure(ApplicationContextInitializer<GenericApplicationContext> initializer,
			Map<String, Object> settings) {
		return Failures.analyze(catchThrowable(() -> run(initializer, settings).close())).getDescription();
	}

	private static RecordComponent[] recordComponents(Class<?> type) {
		return type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
	}

	private static void compile(Map<String, Object> settings,
			Consumer<ApplicationContextInitializer<GenericApplicationContext>> test) {
		TestGenerationContext generation = new TestGenerationContext();
		ClassName initializer = generate(settings, generation);
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			@SuppressWarnings("unchecked")
			ApplicationContextInitializer<GenericApplicationContext> instance = compiled
				.getInstance(ApplicationContextInitializer.class, initializer.toString());
			test.accept(instance);
		});
	}

	private static GenericApplicationContext run(ApplicationContextInitializer<GenericApplicationContext> initializer,
			Map<String, Object> settings) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("run", settings));
		initializer.initialize(context);
		context.refresh();
		return context;
	}

	private static ClassName generate(Map<String, Object> settings, TestGenerationContext generation) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("build", settings));
		context.register(ResilientWebSocketAutoConfiguration.class, JacksonAutoConfiguration.class, Desk.class);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		return initializer;
	}

	record Item(String name, int cents) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Desk {

		final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

		final BlockingQueue<WebSocketMessageReceivedEvent> events = new LinkedBlockingQueue<>();

		final BlockingQueue<String> customized = new LinkedBlockingQueue<>();

		final ResilientWebSocketClient prices;

		Desk(@WebSocketClientName("prices-eu") ResilientWebSocketClient prices) {
			this.prices = prices;
		}

		@WebSocketListener(client = "prices-eu", when = "/type = price", payload = "/item")
		void received(Item item) {
			this.items.add(item);
		}

		@Bean
		@WebSocketClientName("prices-eu")
		static HandshakeCustomizer pricesCustomizer(ObjectProvider<Desk> desk) {
			return (handshake) -> desk.getObject().customized.add(handshake.getClientName());
		}

		@Bean
		ApplicationListener<WebSocketMessageReceivedEvent> messages() {
			return this.events::add;
		}

	}

}
