package io.github.resilientws.autoconfigure;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads of user code.
 */
class VirtualThreadsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

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

	private Map<String, Thread> threads(String... arguments) {
		try (ConfigurableApplicationContext context = Contexts
			.application(WebApplicationType.NONE,
					"resilient-ws: { clients: { chat: { url: '%s' } } }".formatted(this.server.url()), Places.class)
			.run(arguments)) {
			Map<String, Thread> threads = context.getBean(Places.class).threads;
			ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
			chat.send("x").thenRun(() -> threads.put("completion", Thread.currentThread()));
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

}
