package io.github.resilientws.autoconfigure.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ConnectForbiddenException;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.test.context.AllowRealWebSocketPeers;
import io.github.resilientws.test.context.EmbeddedWebSocketServer;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * No client of a Spring test leaves the machine by accident.
 */
@ExtendWith(OutputCaptureExtension.class)
class RealPeersTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String REFUSAL = "the client 'chat' would connect to real.example.com, which is not allowed in a"
			+ " test by default: put @EmbeddedWebSocketServer(client = \"chat\") on the test class to give the client a"
			+ " server, or @AllowRealWebSocketPeers(\"real.example.com\") to allow the host";

	@RegisterExtension
	final SpringTests tests = new SpringTests();

	@Test
	void realPeerIsRefusedAndTheClientSaysWhy(CapturedOutput output) throws Exception {
		Dials test = this.tests.prepare(Dials.class);
		assertRefused(test.clients.get("chat"), REFUSAL);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> test.clients.get("chat").connect().join())
			.havingCause()
			.isInstanceOf(WebSocketConnectException.class)
			.withMessageContaining(REFUSAL);
		// the future completes only after the line is written
		assertThat(output)
			.contains("[chat] CONNECTING -> FAILED (" + REFUSAL + "), no further attempt before connect()");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void peerOfACustomizerIsRefusedToo() throws Exception {
		Dials test = this.tests.prepare(Dials.class);
		assertRefused(test.clients.get("customized"),
				REFUSAL.replace("'chat'", "'customized'")
					.replace("\"chat\"", "\"customized\"")
					.replace("real.example.com", "other.example.com"));
	}

	@Test
	void clientThatIsMadeAtRunTimeIsRefusedToo() throws Exception {
		Dials test = this.tests.prepare(Dials.class);
		ResilientWebSocketClient client = test.clients.create("tenant",
				(builder) -> builder.urls(List.of(URI.create("wss://real.example.com/"))));
		client.connect();
		assertRefused(client, REFUSAL.replace("'chat'", "'tenant'").replace("\"chat\"", "\"tenant\""));
	}

	@Test
	void springsTransportIsGuardedToo() throws Exception {
		DialsBySpring test = this.tests.prepare(DialsBySpring.class);
		assertRefused(test.clients.get("chat"), REFUSAL);
		assertThat(test.clients.get("feed").awaitReady(LIMIT)).isTrue();
	}

	@Test
	void transportOfTheTestIsNotEvenAsked() throws Exception {
		HasATransport test = this.tests.prepare(HasATransport.class);
		assertRefused(test.clients.get("chat"), REFUSAL);
		assertThat(test.clients.get("local").awaitReady(LIMIT)).isTrue();
		assertThat(test.clients.get("own").awaitReady(LIMIT)).isTrue();
		assertThat(test.transport.urls).containsExactly(URI.create("ws://localhost:1/"));
	}

	@Test
	void decoratorOfTheTestCannotLeadAroundTheGuard() throws Exception {
		Decorates test = this.tests.prepare(Decorates.class);
		assertRefused(test.clients.get("chat"), REFUSAL);
		assertThat(test.transport.urls).isEmpty();
	}

	@Test
	void proxyIsAPeerToo() throws Exception {
		HasAProxy test = this.tests.prepare(HasAProxy.class);
		assertRefused(test.clients.get("chat"), REFUSAL.replace("real.example.com", "proxy.example.com"));
		assertRefused(test.clients.get("tunnel"),
				REFUSAL.replace("'chat'", "'tunnel'").replace("\"chat\"", "\"tunnel\""));
		assertThat(test.clients.get("feed").awaitReady(LIMIT)).isTrue();
		assertThat(test.server.seen().connectionCount()).isOne();
	}

	@Test
	void hostThatIsNamedIsAllowedAndNoOther() throws Exception {
		AllowsOne test = this.tests.prepare(AllowsOne.class);
		assertThat(test.clients.get("other").awaitReady(LIMIT)).isTrue();
		assertRefused(test.clients.get("chat"), REFUSAL);
		assertThat(test.transport.urls).containsExactly(URI.create("wss://Other.example.com/"));
	}

	@Test
	void withoutNamesAllHostsAreAllowed() throws Exception {
		AllowsAll test = this.tests.prepare(AllowsAll.class);
		assertThat(test.clients.get("chat").awaitReady(LIMIT)).isTrue();
	}

	@Test
	void embeddedServerOfOneClientFreesNoOther() throws Exception {
		Embeds test = this.tests.prepare(Embeds.class);
		assertThat(test.clients.get("feed").awaitReady(LIMIT)).isTrue();
		assertRefused(test.clients.get("chat"), REFUSAL);
	}

	private static void assertRefused(ResilientWebSocketClient client, String message) {
		Awaitility.await().atMost(LIMIT).until(() -> client.getState() == ConnectionState.FAILED);
		assertThat(client.getStatus().lastCause()).isInstanceOfSatisfying(DisconnectCause.ConnectFailed.class,
				(cause) -> assertThat(cause.failure()).isInstanceOf(ConnectForbiddenException.class)
					.hasMessage(message));
		assertThat(client.getStatus().attempts()).isEqualTo(1);
	}

	@SpringBootTest(classes = { Application.class, Dials.Elsewhere.class }, webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.chat.url=wss://real.example.com/ws?token=s3cret",
					"resilient-ws.clients.customized.url=ws://localhost:1/" })
	static class Dials {

		@Autowired
		ResilientWebSocketClients clients;

		@Configuration(proxyBeanMethods = false)
		static class Elsewhere {

			@Bean
			@WebSocketClientName("customized")
			HandshakeCustomizer customizer() {
				return (handshake) -> handshake.setUrl(URI.create("ws://other.example.com/"));
			}

		}

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.chat.url=wss://real.example.com/",
					"resilient-ws.clients.feed.url=wss://real.example.com/", "resilient-ws.defaults.transport=spring" })
	@EmbeddedWebSocketServer(client = "feed")
	static class DialsBySpring {

		@Autowired
		ResilientWebSocketClients clients;

	}

	@SpringBootTest(classes = { Application.class, CountingTransport.class, HasATransport.Own.class },
			webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.chat.url=wss://real.example.com/",
					"resilient-ws.clients.local.url=ws://localhost:1/",
					"resilient-ws.clients.own.url=wss://real.example.com/" })
	static class HasATransport {

		@Autowired
		ResilientWebSocketClients clients;

		@Autowired
		CountingTransport transport;

		@Configuration(proxyBeanMethods = false)
		static class Own {

			@Bean
			@WebSocketClientName("own")
			ScriptedTransport scripted() {
				return new ScriptedTransport();
			}

		}

	}

	@SpringBootTest(classes = { Application.class, CountingTransport.class, Decorates.Away.class },
			webEnvironment = WebEnvironment.NONE, properties = "resilient-ws.clients.chat.url=ws://localhost:1/")
	static class Decorates {

		@Autowired
		ResilientWebSocketClients clients;

		@Autowired
		CountingTransport transport;

		@Configuration(proxyBeanMethods = false)
		static class Away {

			@Bean
			WebSocketTransportDecorator away() {
				return (client, transport) -> new CountingTransport(transport,
						(request) -> request.to(URI.create("wss://real.example.com/"), request.proxy()));
			}

		}

	}

	@SpringBootTest(classes = { Application.class, CountingTransport.class }, webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.chat.url=wss://real.example.com/",
					"resilient-ws.clients.other.url=wss://Other.example.com/" })
	@AllowRealWebSocketPeers("other.example.com")
	static class AllowsOne {

		@Autowired
		ResilientWebSocketClients clients;

		@Autowired
		CountingTransport transport;

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = { "resilient-ws.clients.chat.url=ws://localhost:1/",
					"resilient-ws.clients.chat.proxy.host=proxy.example.com",
					"resilient-ws.clients.tunnel.url=ws://real.example.com/",
					"resilient-ws.clients.tunnel.proxy.host=localhost",
					"resilient-ws.clients.feed.proxy.host=proxy.example.com", "resilient-ws.defaults.proxy.type=socks5",
					"resilient-ws.defaults.proxy.port=1" })
	@EmbeddedWebSocketServer(client = "feed")
	static class HasAProxy {

		@Autowired
		ResilientWebSocketClients clients;

		@Autowired
		TestWebSocketServer server;

	}

	@SpringBootTest(classes = { Application.class, CountingTransport.class }, webEnvironment = WebEnvironment.NONE,
			properties = "resilient-ws.clients.chat.url=wss://real.example.com/")
	@AllowRealWebSocketPeers
	static class AllowsAll {

		@Autowired
		ResilientWebSocketClients clients;

	}

	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = "resilient-ws.clients.chat.url=wss://real.example.com/")
	@EmbeddedWebSocketServer(client = "feed")
	static class Embeds {

		@Autowired
		ResilientWebSocketClients clients;

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ResilientWebSocketAutoConfiguration.class)
	static class Application {

	}

	/**
	 * Counts the attempts that come through, and opens them without a network.
	 */
	static class CountingTransport implements WebSocketTransport {

		final List<URI> urls = new CopyOnWriteArrayList<>();

		private final WebSocketTransport transport;

		private final UnaryOperator<ConnectRequest> change;

		@Autowired
		CountingTransport() {
			this(new ScriptedTransport(), (request) -> request);
		}

		CountingTransport(WebSocketTransport transport, UnaryOperator<ConnectRequest> change) {
			this.transport = transport;
			this.change = change;
		}

		@Override
		public SerialExecutor newExecutor() {
			return this.transport.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			this.urls.add(request.url());
			return this.transport.connect(this.change.apply(request), executor, listener);
		}

		@Override
		public void close() {
			this.transport.close();
		}

	}

}
