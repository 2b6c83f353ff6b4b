package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the clients of an application connect, and connect again.
 */
class RestartIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String THREE = """
			resilient-ws:
			  defaults: { url: '%s' }
			  clients: { chat: { queue: { capacity: 10 } }, manual: { auto-startup: false }, closed: { queue: { capacity: 10 } } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void pauseAndRestartReconnectWhatWasRunning() {
		try (ConfigurableApplicationContext context = run(THREE)) {
			prepare(context);
			context.pause();
			assertStates(context, ConnectionState.CLOSED, ConnectionState.CLOSED, ConnectionState.CLOSED);
			context.restart();
			assertStates(context, ConnectionState.READY, ConnectionState.READY, ConnectionState.CLOSED);
		}
	}

	@Test
	void stopAndStartReconnectWhatWasRunning() {
		try (ConfigurableApplicationContext context = run(THREE)) {
			prepare(context);
			for (int i = 0; i < 2; i++) {
				context.stop();
				assertStates(context, ConnectionState.CLOSED, ConnectionState.CLOSED, ConnectionState.CLOSED);
				context.start();
				assertStates(context, ConnectionState.READY, ConnectionState.READY, ConnectionState.CLOSED);
			}
		}
	}

	@Test
	void quickRestartsForgetNoClient() {
		try (ConfigurableApplicationContext context = run(THREE)) {
			for (int i = 0; i < 100; i++) {
				context.stop();
				context.start();
			}
			assertStates(context, ConnectionState.READY, ConnectionState.CLOSED, ConnectionState.READY);
		}
	}

	@Test
	void childContextConnectsNothing() {
		try (ConfigurableApplicationContext context = run(THREE)) {
			prepare(context);
			client(context, "chat").disconnect().join();
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(context);
				child.refresh();
				child.stop();
				child.start();
			}
			assertStates(context, ConnectionState.CLOSED, ConnectionState.READY, ConnectionState.CLOSED);
		}
	}

	@Test
	void lazyInitializationConnectsAndListens() {
		try (ConfigurableApplicationContext context = Contexts
			.application(WebApplicationType.NONE, THREE.formatted(this.server.url()), Listener.class)
			.lazyInitialization(true)
			.run()) {
			this.server.seen().awaitConnections(2, LIMIT);
			this.server.open().push("hello");
			Awaitility.await().atMost(LIMIT).until(() -> context.getBean(Listener.class).heard);
		}
	}

	@Test
	void webApplicationConnectsToo() {
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.SERVLET,
				THREE.formatted(this.server.url()))) {
			assertThat(context).isInstanceOf(WebServerApplicationContext.class);
			assertStates(context, ConnectionState.READY, ConnectionState.IDLE, ConnectionState.READY);
		}
	}

	@Test
	void disabledMeansNoConnectionAndNoThread() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  enabled: false
				  clients: { chat: { url: '%s' } }
				""")) {
			assertThat(context.getBeansOfType(ResilientWebSocketClient.class)).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
				.noneMatch((thread) -> thread.isAlive() && thread.getName().startsWith("resilient-ws-io"));
		}
		assertThat(this.server.seen().accepted()).isZero();
	}

	private ConfigurableApplicationContext run(String yaml) {
		return Contexts.run(WebApplicationType.NONE, yaml.formatted(this.server.url()));
	}

	private void prepare(ConfigurableApplicationContext context) {
		assertStates(context, ConnectionState.READY, ConnectionState.IDLE, ConnectionState.READY);
		client(context, "manual").connect().join();
		client(context, "closed").disconnect().join();
	}

	private static void assertStates(ConfigurableApplicationContext context, ConnectionState chat,
			ConnectionState manual, ConnectionState closed) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			assertThat(client(context, "chat").getState()).isEqualTo(chat);
			assertThat(client(context, "manual").getState()).isEqualTo(manual);
			assertThat(client(context, "closed").getState()).isEqualTo(closed);
		});
	}

	private static ResilientWebSocketClient client(ConfigurableApplicationContext context, String name) {
		return context.getBean(ResilientWebSocketClients.class).get(name);
	}

	static class Listener {

		private volatile boolean heard;

		@WebSocketListener(client = "chat")
		void on(String text) {
			this.heard = true;
		}

	}

}
