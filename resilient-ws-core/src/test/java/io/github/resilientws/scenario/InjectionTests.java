package io.github.resilientws.scenario;

import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Text that would forge lines of a log, colours of a terminal, or headers.
 */
class InjectionTests {

	private static final String EVIL = "bye\r\n2026-01-01 ERROR forged \u001b[31m\u2028\u202e\u0007";

	private static final List<String> ORDINARY = List.of("host", "upgrade", "connection", "sec-websocket-key",
			"sec-websocket-version");

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@RegisterExtension
	final CapturedLog log = new CapturedLog("io.github.resilientws", Level.TRACE);

	private TestWebSocketServer server;

	@BeforeEach
	void start() {
		this.server = this.scenario.server();
	}

	@Test
	void reasonOfACloseForgesNothing() throws Exception {
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(this.server.url()));
		this.server.open().close(4000, EVIL);
		await().atMost(Scenario.LIMIT).until(() -> client.getStatus().lastCause() != null);
		DisconnectCause cause = client.getStatus().lastCause();
		assertThat(((DisconnectCause.Closed) cause).reason()).isEqualTo(EVIL);
		assertHarmless(cause.describe(), cause.toString(), client.getStatus().toString());
		await().atMost(Scenario.LIMIT)
			.until(() -> lines().anyMatch((line) -> line.contains("bye\\u000d\\u000a2026-01-01 ERROR forged")));
		assertHarmlessLog();
	}

	@Test
	void answerToTheHandshakeForgesNothing() {
		String head = "HTTP/1.1 503 no\u001b[31m\u0007 2026 ERROR forged\r\n";
		this.server.always().rawAnswer(head + "\r\n");
		ResilientWebSocketClient client = this.scenario.dial(this.scenario.builder(this.server.url()));
		for (String answer : List.of(head + "X-Evil: \u001b[31m\r\nRetry-After: \u001b[31m\r\n\r\n",
				head + "Retry-After: 0\r\n \u001b[31m\r\n\r\n", "\u001b[31m\r\n2026-01-01 ERROR forged\r\n\r\n",
				"HTTP/1.1 101 \u001b[31m\r\nUpgrade: \u001b[31m\r\nConnection: \u001b[31m\r\n\r\n")) {
			int before = this.server.seen().accepted();
			this.server.always().rawAnswer(answer);
			await().atMost(Scenario.LIMIT).until(() -> this.server.seen().accepted() > before + 1);
			assertHarmless(client.getStatus().toString(), client.getStatus().lastCause().describe());
		}
		assertHarmlessLog();
	}

	@Test
	void idForgesNothing() {
		ResilientWebSocketClient client = this.scenario.build(this.scenario.builder(this.server.url()));
		OutboundMessage message = OutboundMessage.text("hello").withId(EVIL);
		client.send(message);
		CompletableFuture<Delivery> refused = client.send(message);
		assertHarmless(Sends.failure(refused).getMessage(), message.toString(),
				new Delivery(EVIL, 1, Scenario.SLACK).toString());
		assertThat(Sends.failure(refused).getMessageId()).isEqualTo(EVIL);
		assertHarmlessLog();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\r\n\r\nGET /evil HTTP/1.1", "a\u0000",
			"a\u0085X-Evil: 1", "a\u2028X-Evil: 1", "a\u010d\u010aX-Evil: 1" })
	void customizerCannotSmuggleHeaders(String evil) {
		for (HandshakeCustomizer customizer : List.<HandshakeCustomizer>of(
				(handshake) -> handshake.setHeader("X-A", evil), (handshake) -> handshake.setHeader(evil, "a"))) {
			ResilientWebSocketClient client = this.scenario.dial(this.scenario.builder(this.server.url())
				.reconnect((reconnect) -> reconnect.withEnabled(false))
				.handshakeCustomizer(customizer));
			Scenario.awaitState(client, ConnectionState.FAILED);
			assertThat(client.getStatus().lastCause()).isInstanceOf(DisconnectCause.SupplyFailed.class);
			assertHarmless(client.getStatus().toString());
		}
		assertThat(this.server.seen().handshakes()).isEmpty();
		assertHarmlessLog();
	}

	@Test
	void urlCannotSmuggleHeaders() throws Exception {
		URI url = URI.create(this.server.url() + "a%0d%0aX-Evil:%201?q=%0d%0aX-Evil:%202");
		this.scenario.connect(this.scenario.builder(url));
		assertThat(this.server.seen().handshakes()).singleElement().satisfies((handshake) -> {
			assertThat(handshake.path()).endsWith("a%0d%0aX-Evil:%201?q=%0d%0aX-Evil:%202");
			assertThat(new TreeSet<>(handshake.headers().keySet())).containsExactlyInAnyOrderElementsOf(ORDINARY);
		});
	}

	@Test
	void valueOfATemplateStaysInsideItsString() throws Exception {
		this.scenario.connect(this.scenario.builder(this.server.url())
			.value("token", "\"}\r\n{\"type\":\"evil\"")
			.session((session) -> new SessionSettings(session.timeout(),
					List.of(new SessionSettings.Step("{\"token\":\"{{token}}\"}", "", List.of())), List.of())));
		this.server.seen().awaitTexts(1, Scenario.LIMIT);
		assertThat(this.server.seen().texts()).containsExactly("{\"token\":\"\\\"}\\r\\n{\\\"type\\\":\\\"evil\\\"\"}");
	}

	private Stream<String> lines() {
		return List.copyOf(this.log.list).stream().map(ILoggingEvent::getFormattedMessage);
	}

	private void assertHarmlessLog() {
		assertHarmless(lines().toArray(String[]::new));
		assertThat(this.log.list).allSatisfy((event) -> assertThat(event.getThrowableProxy()).isNull());
	}

	private static void assertHarmless(String... texts) {
		for (String text : texts) {
			assertThat(text.codePoints().mapToObj(Character::getType)).as(text)
				.doesNotContain((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.LINE_SEPARATOR,
						(int) Character.PARAGRAPH_SEPARATOR);
		}
	}

}
