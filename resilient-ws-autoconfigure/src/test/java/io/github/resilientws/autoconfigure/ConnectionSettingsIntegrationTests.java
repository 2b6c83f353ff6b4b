package io.github.resilientws.autoconfigure;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.ProxySettings.Type;
import io.github.resilientws.test.Frames;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.Relay;
import io.github.resilientws.transport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code proxy.*} and {@code compression} of a configuration file, as proxies and servers
 * see them.
 */
class ConnectionSettingsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String AGREED = "permessage-deflate; client_no_context_takeover; server_no_context_takeover";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP", "SOCKS5" })
	void proxyGetsItsCredentialsAndTheServersName(Type type) throws Exception {
		try (TestProxy proxy = new TestProxy(type, this.server.port());
				ConfigurableApplicationContext context = runBehind(proxy, "anna:s3cret")) {
			assertThat(chat(context).awaitReady(LIMIT)).isTrue();
			assertThat(proxy.shown).containsExactly("anna:s3cret");
			assertThat(proxy.targets).containsExactly("server.test:4711");
			assertThat(this.server.seen().handshakes()).singleElement()
				.satisfies((request) -> assertThat(request.header("host")).isEqualTo("server.test:4711"))
				.satisfies((request) -> assertThat(request.headers()).doesNotContainKey("proxy-authorization"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, proxy wants other credentials (status 407)", "SOCKS5, proxy wants other credentials" })
	void proxyThatRefusesTheCredentialsIsNamed(Type type, String problem) throws Exception {
		try (TestProxy proxy = new TestProxy(type, this.server.port());
				ConfigurableApplicationContext context = runBehind(proxy, "anna:other")) {
			EventLog log = context.getBean(EventLog.class);
			Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketReconnectScheduledEvent.class).isEmpty());
			assertThat(log.of(WebSocketReconnectScheduledEvent.class).get(0).getCause().describe()).isEqualTo(problem);
			assertThat(this.server.seen().handshakes()).isEmpty();
		}
	}

	@Test
	void compressionIsOfferedAgreedAndUsedBothWays() throws Exception {
		String text = "compress".repeat(4000);
		this.server.always().extension(AGREED);
		this.server.on(text).then((peer, received) -> peer.sendRaw(Frames.deflated(received)));
		try (Relay relay = new Relay(this.server.port()); ConfigurableApplicationContext context = run("""
				url: %s
				compression: true
				publish-messages: always
				""".formatted(relay.url()))) {
			assertThat(chat(context).awaitReady(LIMIT)).isTrue();
			assertThat(this.server.seen().handshakes()).singleElement()
				.satisfies((request) -> assertThat(request.header("sec-websocket-extensions")).contains(AGREED));
			chat(context).send(text);
			EventLog log = context.getBean(EventLog.class);
			Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketMessageReceivedEvent.class).isEmpty());
			assertThat(log.of(WebSocketMessageReceivedEvent.class)).extracting("payload").containsExactly(text);
			assertThat(this.server.seen().violations()).isEmpty();
			assertThat(relay.passed).hasValueLessThan(text.length() / 2);
		}
	}

	private ConfigurableApplicationContext runBehind(TestProxy proxy, String credentials) {
		proxy.credentials = credentials;
		ProxySettings settings = proxy.settings();
		return run("""
				url: ws://server.test:4711/
				proxy: { type: %s, host: 127.0.0.1, port: %d, username: anna, password: s3cret }
				""".formatted(settings.type(), settings.port()));
	}

	private static ConfigurableApplicationContext run(String settings) {
		return Contexts.run(WebApplicationType.NONE, "resilient-ws:\n  clients:\n    chat:\n" + settings.indent(6),
				EventLog.class);
	}

	private static ResilientWebSocketClient chat(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketClient.class);
	}

}
