package io.github.resilientws.autoconfigure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.test.Frames;
import io.github.resilientws.test.TestWebSocketServer;

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
	@ValueSource(strings = { "http", "socks5" })
	void proxyGetsItsCredentialsAndTheServersName(String type) throws Exception {
		try (ProxyFront proxy = new ProxyFront(type.equals("socks5"), "anna:s3cret", this.server.port());
				ConfigurableApplicationContext context = runBehind(proxy, type)) {
			assertThat(chat(context).awaitReady(LIMIT)).isTrue();
			assertThat(proxy.credentials).containsExactly("anna:s3cret");
			assertThat(proxy.targets).containsExactly("server.test:4711");
			assertThat(this.server.seen().handshakes()).singleElement()
				.satisfies((request) -> assertThat(request.header("host")).isEqualTo("server.test:4711"))
				.satisfies((request) -> assertThat(request.headers()).doesNotContainKey("proxy-authorization"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "http, proxy wants other credentials (status 407)", "socks5, proxy wants other credentials" })
	void proxyThatRefusesTheCredentialsIsNamed(String type, String problem) throws Exception {
		try (ProxyFront proxy = new ProxyFront(type.equals("socks5"), "anna:other", this.server.port());
				ConfigurableApplicationContext context = runBehind(proxy, type)) {
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
		try (Front front = new Front(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this.server.port(),
				(client) -> {
				}); ConfigurableApplicationContext context = run("""
						url: ws://127.0.0.1:%d/
						compression: true
						publish-messages: always
						""".formatted(front.port()))) {
			assertThat(chat(context).awaitReady(LIMIT)).isTrue();
			assertThat(this.server.seen().handshakes()).singleElement()
				.satisfies((request) -> assertThat(request.header("sec-websocket-extensions")).contains(AGREED));
			chat(context).send(text);
			EventLog log = context.getBean(EventLog.class);
			Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketMessageReceivedEvent.class).isEmpty());
			assertThat(log.of(WebSocketMessageReceivedEvent.class)).extracting("payload").containsExactly(text);
			assertThat(this.server.seen().violations()).isEmpty();
			assertThat(front.passed).hasValueLessThan(text.length() / 2);
		}
	}

	private ConfigurableApplicationContext runBehind(ProxyFront proxy, String type) {
		return run("""
				url: ws://server.test:4711/
				proxy: { type: %s, host: 127.0.0.1, port: %d, username: anna, password: s3cret }
				""".formatted(type, proxy.port()));
	}

	private static ConfigurableApplicationContext run(String settings) {
		return Contexts.run(WebApplicationType.NONE, "resilient-ws:\n  clients:\n    chat:\n" + settings.indent(6),
				EventLog.class);
	}

	private static ResilientWebSocketClient chat(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketClient.class);
	}

}
