package io.github.resilientws.autoconfigure;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads of user code.
 */
class VirtualThreadsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void userCodeRunsOnVirtualThreadsWhenSpringUsesThem() {
		assertThat(threads("--spring.threads.virtual.enabled=true").values())
			.allMatch(VirtualThreadsIntegrationTests::isVirtual);
	}

	@Test
	void userCodeRunsOnThreadsOfOursOtherwise() {
		assertThat(threads().values()).allMatch((thread) -> thread.getName().matches("resilient-ws-\\d+"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void blockedListenersOfManyClientsHoldUpNoOtherClient() {
		int many = 8 * Runtime.getRuntime().availableProcessors();
		StringBuilder yaml = new StringBuilder("resilient-ws: { listener: { max-threads: 1 }, clients: {");
		for (int i = 1; i <= many; i++) {
			yaml.append(" blocked-%d: { url: '%s' },".formatted(i, this.server.url()));
		}
		yaml.append(" free: { url: '%s' } } }".formatted(this.server.url()));
		try (ConfigurableApplicationContext context = Contexts
			.application(WebApplicationType.NONE, yaml.toString(), Blocking.class)
			.run("--spring.threads.virtual.enabled=true")) {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			clients.forEach((client) -> Awaitility.await().atMost(LIMIT).until(client::isReady));
			Blocking listeners = context.getBean(Blocking.class);
			this.server.all().push("x");
			Awaitility.await().atMost(LIMIT).until(() -> listeners.blocked.size() == many);
			this.server.all().push("y");
			Awaitility.await().atMost(LIMIT).until(() -> listeners.received.contains("y"));
			assertThat(clients.get("free").send("z")).succeedsWithin(LIMIT);
			assertThat(clients.get("blocked-1").reconnect()).succeedsWithin(LIMIT);
			listeners.release.countDown();
		}
	}

	private Map<String, Thread> threads(String... arguments) {
		try (ConfigurableApplicationContext context = Contexts
			.application(WebApplicationType.NONE,
					"resilient-ws: { clients: { chat: { url: '%s', auto-startup: false } } }"
						.formatted(this.server.url()),
					Places.class)
			.run(arguments)) {
			Map<String, Thread> threads = context.getBean(Places.class).threads;
			ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
			// not connected yet: on a future that is complete thenRun() would run here
			chat.send("x").thenRun(() -> threads.put("completion", Thread.currentThread()));
			chat.connect();
			Awaitility.await().atMost(LIMIT).until(chat::isReady);
			this.server.open().push("x");
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(
						() -> assertThat(threads).containsOnlyKeys("customizer", "event", "listener", "completion"));
			return threads;
		}
	}

	// the method is not there on Java 17
	private static boolean isVirtual(Thread thread) {
		try {
			Method method = Thread.class.getMethod("isVirtual");
			return (boolean) method.invoke(thread);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Places {

		final Map<String, Thread> threads = new ConcurrentHashMap<>();

		@Bean
		HandshakeCustomizer customizer() {
			return (handshake) -> this.threads.put("customizer", Thread.currentThread());
		}

		@EventListener
		void ready(WebSocketReadyEvent event) {
			this.threads.put("event", Thread.currentThread());
		}

		@WebSocketListener
		void message(String text) {
			this.threads.put("listener", Thread.currentThread());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Blocking {

		final CountDownLatch release = new CountDownLatch(1);

		final Set<String> blocked = ConcurrentHashMap.newKeySet();

		final Queue<String> received = new ConcurrentLinkedQueue<>();

		@WebSocketListener
		void message(String text, ResilientWebSocketClient client) throws InterruptedException {
			if (client.getName().equals("free")) {
				this.received.add(text);
			}
			else {
				this.blocked.add(client.getName());
				this.release.await();
			}
		}

	}

}
