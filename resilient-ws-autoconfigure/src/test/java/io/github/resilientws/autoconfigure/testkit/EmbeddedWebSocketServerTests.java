package io.github.resilientws.autoconfigure.testkit;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.autoconfigure.ResilientWebSocketConnectionDetails;
import io.github.resilientws.test.ReceivedHandshake;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.test.context.EmbeddedWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Servers that test classes ask for by annotation.
 */
class EmbeddedWebSocketServerTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@RegisterExtension
	final SpringTests tests = new SpringTests();

	@Test
	void clientsConnectToTheServerWhateverUrlTheyHave() throws Exception {
		Everywhere test = this.tests.prepare(Everywhere.class);
		test.server.seen().awaitConnections(7, LIMIT);
		assertThat(test.clients).hasSize(7);
		assertThat(test.server.seen().handshakes()).extracting(ReceivedHandshake::path)
			.containsExactlyInAnyOrder("/tls/ws?key=1", "/first", "/", "/default", "/default", "//from/customizer",
					"/details");
	}

	@Test
	void scriptIsInForceBeforeTheClientConnects() throws Exception {
		LogsIn test = this.tests.prepare(LogsIn.class);
		assertThat(test.client.awaitReady(LIMIT)).isTrue();
		assertThat(test.server.seen().texts()).containsExactly("{\"type\":\"login\",\"id\":7}");
	}

	@Test
	void testClassesWithTheSameAnnotationsShareAContextAndNothingElse() throws Exception {
		LogsIn first = this.tests.prepare(LogsIn.class);
		ApplicationContext context = this.tests.context();
		assertThat(first.client.awaitReady(LIMIT)).isTrue();
		this.tests.beginMethod(first);
		first.server.on("hello").reply("hello you");
		first.server.refuse(503);
		first.server.all().goSilent();
		first.client.send("hello").join();
		first.server.seen().awaitText("hello", LIMIT);
		LogsInToo second = this.tests.prepare(LogsInToo.class);
		assertThat(this.tests.context()).isSameAs(context);
		assertThat(second.server).isSameAs(first.server);
		this.tests.beginMethod(second);
		assertThat(second.server.seen().texts()).isEmpty();
		assertThat(second.server.seen().handshakes()).isEmpty();
		// the handshake is accepted and the script answers the login again
		second.client.reconnect().join();
		assertThat(second.client.getState()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void eachMethodFindsTheServerListening() throws Exception {
		LogsIn test = this.tests.prepare(LogsIn.class);
		assertThat(test.client.awaitReady(LIMIT)).isTrue();
		test.server.stop();
		Awaitility.await().atMost(LIMIT).until(() -> !test.client.isReady());
		this.tests.beginMethod(test);
		assertThat(test.client.awaitReady(LIMIT)).isTrue();
	}

	@Test
	void anotherScriptMakesAnotherContext() throws Exception {
		LogsIn one = this.tests.prepare(LogsIn.class);
		Unscripted other = this.tests.prepare(Unscripted.class);
		assertThat(other.server).isNotSameAs(one.server);
	}

	@Test
	void pausedContextComesBackToItsServer() throws Exception {
		LogsIn test = this.tests.prepare(LogsIn.class);
		assertThat(test.client.awaitReady(LIMIT)).isTrue();
		((ConfigurableApplicationContext) this.tests.context()).pause();
		assertThat(test.client.getState()).isEqualTo(ConnectionState.CLOSED);
		((ConfigurableApplicationContext) this.tests.context()).restart();
		assertThat(test.client.awaitReady(LIMIT)).isTrue();
	}

	@Test
	void severalServersDifferByTheirClients() throws Exception {
		Two test = this.tests.prepare(Two.class);
		test.chatServer.seen().awaitConnections(2, LIMIT);
		test.feedServer.seen().awaitConnections(1, LIMIT);
		assertThat(test.chatTooServer).isSameAs(test.chatServer);
		assertThat(test.feedServer).isNotSameAs(test.chatServer);
	}

	@Test
	void worksWithoutBootsTestSupport() throws Exception {
		Plain test = this.tests.prepare(Plain.class);
		assertThat(test.client.awaitReady(LIMIT)).isTrue();
		assertThat(test.server.seen().connectionCount()).isEqualTo(1);
	}

	@Test
	void serverEndsWithTheContext() throws Exception {
		Unscripted test = this.tests.prepare(Unscripted.class);
		int port = test.server.port();
		this.tests.closeAll();
		assertRefused(port);
	}

	@Test
	void serverEndsWithAContextThatFails() {
		assertThatIllegalStateException().isThrownBy(() -> this.tests.prepare(Broken.class));
		assertRefused(Remembering.LAST.get().port());
	}

	@Test
	void differentServersForOneClientAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> this.tests.prepare(Contradictory.class))
			.withMessage(Contradictory.class.getName()
					+ " has two different @EmbeddedWebSocketServer annotations for the client 'chat'");
	}

	private static void assertRefused(int port) {
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
	}

	@SpringBootTest(classes = { Application.class, Everywhere.Elsewhere.class }, webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.tls.url=wss://real.example.com/tls/ws?key=1",
					"resilient-ws.clients.list.urls[0]=wss://a.example.com/first",
					"resilient-ws.clients.list.urls[1]=wss://b.example.com/second",
					"resilient-ws.clients.placeholder.url=${NO_SUCH_VARIABLE}",
					"resilient-ws.clients.customized.queue.capacity=10",
					"resilient-ws.clients.detailed.queue.capacity=10",
					"resilient-ws.defaults.url=wss://real.example.com/default" })
	@EmbeddedWebSocketServer(
			client = { "tls", "list", "placeholder", "nowhere", "inheriting", "customized", "detailed" })
	static class Everywhere {

		@Autowired
		private TestWebSocketServer server;

		@Autowired
		private ResilientWebSocketClients clients;

		@Configuration(proxyBeanMethods = false)
		static class Elsewhere {

			@Bean
			@WebSocketClientName("customized")
			HandshakeCustomizer customizer() {
				return (handshake) -> handshake.setUrl(URI.create("wss://real.example.com//from/customizer"));
			}

			@Bean
			ResilientWebSocketConnectionDetails details() {
				return (client) -> client.equals("detailed") ? URI.create("ws://real.example.com/details") : null;
			}

		}

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.chat.session.steps[0].send={\"type\":\"login\",\"id\":7}",
					"resilient-ws.clients.chat.session.steps[0].await=/type = ok && /id = 7",
					"resilient-ws.clients.chat.reconnect.initial-delay=100ms" })
	@EmbeddedWebSocketServer(client = "chat", script = LogInScript.class)
	static class LogsIn {

		@Autowired
		TestWebSocketServer server;

		@Autowired
		@WebSocketClientName("chat")
		ResilientWebSocketClient client;

	}

	static class LogsInToo extends LogsIn {

	}

	static class LogInScript implements Consumer<TestWebSocketServer> {

		@Override
		public void accept(TestWebSocketServer server) {
			server.on("/type = login").reply("{\"type\":\"ok\",\"id\":{{id}}}");
		}

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE)
	@EmbeddedWebSocketServer(client = "chat")
	static class Unscripted {

		@Autowired
		private TestWebSocketServer server;

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE)
	@EmbeddedWebSocketServer(client = { "chat", "chat-too" })
	@EmbeddedWebSocketServer(client = "feed")
	static class Two {

		@Autowired
		@WebSocketClientName("chat")
		private TestWebSocketServer chatServer;

		@Autowired
		@WebSocketClientName("chat-too")
		private TestWebSocketServer chatTooServer;

		@Autowired
		@WebSocketClientName("feed")
		private TestWebSocketServer feedServer;

	}

	@SpringJUnitConfig(Plain.Clients.class)
	@TestPropertySource(properties = "resilient-ws.clients.chat.url=wss://real.example.com/")
	@EmbeddedWebSocketServer(client = "chat")
	static class Plain {

		@Autowired
		private TestWebSocketServer server;

		@Autowired
		private ResilientWebSocketClient client;

		@Configuration(proxyBeanMethods = false)
		@ImportAutoConfiguration(ResilientWebSocketAutoConfiguration.class)
		static class Clients {

		}

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = "resilient-ws.clients.chat.no-such-key=1")
	@EmbeddedWebSocketServer(client = "chat", script = Remembering.class)
	static class Broken {

	}

	static class Remembering implements Consumer<TestWebSocketServer> {

		private static final AtomicReference<TestWebSocketServer> LAST = new AtomicReference<>();

		@Override
		public void accept(TestWebSocketServer server) {
			LAST.set(server);
		}

	}

	@SpringBootTest(classes = Application.class)
	@EmbeddedWebSocketServer(client = "chat")
	@EmbeddedWebSocketServer(client = { "feed", "chat" })
	static class Contradictory {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ResilientWebSocketAutoConfiguration.class)
	static class Application {

	}

}
