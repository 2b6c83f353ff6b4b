package io.github.resilientws.internal.handshake;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.transport.ConnectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code session.resume-url}.
 */
class ResumeUrlTests {

	private static final DisconnectCause NO_ROUTE = new DisconnectCause.ConnectFailed(new IOException());

	@RegisterExtension
	final CapturedLog log = new CapturedLog(AttemptPreparation.class);

	@Test
	void resumesWhileEveryNameHasAValue() {
		Rig rig = rig("wss://chat.example.com/r?a={{a}}&b={{b}}", (builder) -> builder).connect();
		lose(rig, "{\"a\":1}");
		assertThat(request(rig).url()).hasToString("wss://chat.example.com/ws");
		lose(rig, "{\"b\":2}");
		assertThat(request(rig).url()).hasToString("wss://chat.example.com/r?a=1&b=2");
		lose(rig, "{\"b\":3}");
		assertThat(request(rig).url()).hasToString("wss://chat.example.com/r?a=1&b=3");
	}

	@Test
	void valuesArePercentEncodedUnlessRaw() {
		Rig rig = rig("wss://chat.example.com/{{b:raw}}?a={{a}}&u={{user}}&c={{c|-}}",
				(builder) -> builder.value("user", "a b"))
			.connect();
		lose(rig, "{\"a\":\"a-Z_0.~ /?&=%+#:\u00fc\",\"b\":\"x/y\"}");
		assertThat(request(rig).url())
			.hasToString("wss://chat.example.com/x/y?a=a-Z_0.~%20%2F%3F%26%3D%25%2B%23%3A%C3%BC&u=a%20b&c=-");
	}

	@ParameterizedTest
	@CsvSource({ "wss://chat.example.com/r, true", "wss://CHAT.example.com:443/r, true",
			"wss://chat.example.com:444/r, false", "wss://other.example.com/r, false", "wss://10.0.0.1/r, false" })
	void headersStayWithTheirServer(String url, boolean same) {
		Rig rig = rig("{{a:raw}}",
				(builder) -> builder.header("Authorization", "s3cret")
					.header("X-Tenant", "t")
					.settings(
							(settings) -> settings.withOrigin("https://me.example.com").withSubprotocols(List.of("v1")))
					.handshakeCustomizer((handshake) -> handshake.setHeader("Cookie", "s3cret")));
		rig.client.connect();
		awaitReady(rig);
		assertThat(request(rig).headers()).containsOnlyKeys("Authorization", "X-Tenant", "Cookie", "Origin");
		lose(rig, "{\"a\":\"" + url + "\"}");
		awaitReady(rig);
		assertThat(request(rig).url()).hasToString(url);
		assertThat(request(rig).subprotocols()).containsExactly("v1");
		if (same) {
			assertThat(request(rig).headers()).containsOnlyKeys("Authorization", "X-Tenant", "Cookie", "Origin");
		}
		else {
			assertThat(request(rig).headers()).isEqualTo(Map.of("Origin", "https://me.example.com"));
		}
	}

	@Test
	void theUrlOfACustomizerWinsAndKeepsItsHeaders() {
		Rig rig = rig("wss://other.example.com/{{a}}", (builder) -> builder.handshakeCustomizer((handshake) -> {
			handshake.setUrl(URI.create("wss://mine.example.com/"));
			handshake.setHeader("Authorization", "s3cret");
		}));
		rig.client.connect();
		awaitReady(rig);
		lose(rig, "{\"a\":1}");
		awaitReady(rig);
		assertThat(request(rig).url()).hasToString("wss://mine.example.com/");
		assertThat(request(rig).headers()).containsKey("Authorization");
	}

	@Test
	void aCustomizerMaySetTheUrlUnlessItResumes() {
		Rig rig = rig("ws://mine.example.com/r/{{a}}",
				(builder) -> builder.urls(List.of()).handshakeCustomizer((handshake) -> {
					handshake.setHeader("Authorization", "s3cret");
					if (handshake.getValue("a") == null) {
						handshake.setUrl(URI.create("ws://mine.example.com/negotiated"));
					}
				}));
		rig.client.connect();
		awaitReady(rig);
		lose(rig, "{\"a\":1}");
		awaitReady(rig);
		assertThat(request(rig).url()).hasToString("ws://mine.example.com/r/1");
		assertThat(request(rig).headers()).containsKey("Authorization");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ws://chat.example.com/s3cret     | session.resume-url must not leave wss for ws
					http://s3cret.example.com/       | session.resume-url, with its values, must start with ws:// or wss://
					s3cret                           | session.resume-url, with its values, must start with ws:// or wss://
					wss://s3cret@chat.example.com/   | session.resume-url, with its values, must not contain a user or a password
					wss://chat.example.com/#s3cret   | session.resume-url, with its values, must not have a fragment
					wss://chat.example.com/s3cret {} | session.resume-url, with its values, is not a URL
					""")
	void aUrlThatIsNotAllowedFailsTheAttemptAndIsNotShown(String url, String text) {
		Rig rig = rig("{{a:raw}}", (builder) -> builder).connect();
		lose(rig, "{\"a\":\"" + url + "\"}");
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.client.getStatus().lastCause().describe()).startsWith(text).doesNotContain("s3cret");
		assertThat(String.valueOf(rig.client.getStatus().lastCause())).doesNotContain("s3cret");
		assertThat(rig.attempts()).isOne();
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.attempts()).isEqualTo(2);
		assertThat(request(rig).url()).hasToString("wss://chat.example.com/ws");
	}

	@Test
	void threeAttemptsWithoutAConnectionForget() {
		Rig rig = rig("wss://resume.example.com/{{a}}", (builder) -> builder).connect();
		rig.transport.failWith(NO_ROUTE);
		lose(rig, "{\"a\":1}");
		rig.advance(Duration.ofSeconds(2));
		assertThat(rig.transport.connections().stream().skip(1).map((connection) -> connection.request().url()))
			.hasSize(3)
			.containsOnly(URI.create("wss://resume.example.com/1"));
		rig.transport.autoOpen();
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.attempts()).isEqualTo(5);
		assertThat(request(rig).url()).hasToString("wss://chat.example.com/ws");
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage())
				.startsWith("[chat] 3 attempts with session.resume-url failed"));
	}

	@Test
	void aConnectionInBetweenStartsTheCountAgain() {
		Rig rig = rig("wss://resume.example.com/{{a}}", (builder) -> builder).connect();
		AtomicInteger attempts = new AtomicInteger();
		rig.transport.script((connection) -> {
			if (attempts.incrementAndGet() == 3) {
				connection.open();
			}
			else {
				connection.refuse(NO_ROUTE);
			}
		});
		lose(rig, "{\"a\":1}");
		rig.advance(Duration.ofSeconds(4));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(10));
		assertThat(attempts).hasValueGreaterThanOrEqualTo(5);
		assertThat(request(rig).url()).hasToString("wss://resume.example.com/1");
	}

	@Test
	void resetConnectsToTheUrl() {
		Rig rig = rig("wss://resume.example.com/{{a}}",
				(builder) -> builder.reconnect((reconnect) -> reconnect.withOnClose("4009", ReconnectAction.RESET)))
			.connect();
		rig.connection().text("{\"a\":1}");
		rig.connection().lose(4009);
		rig.advance(Duration.ofSeconds(1));
		assertThat(request(rig).url()).hasToString("wss://chat.example.com/ws");
	}

	private static void lose(Rig rig, String text) {
		rig.connection().text(text);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(3));
	}

	private static ConnectRequest request(Rig rig) {
		return rig.connection().request();
	}

	private static void awaitReady(Rig rig) {
		await().until(() -> rig.state() == ConnectionState.READY);
	}

	private static Rig rig(String resumeUrl, UnaryOperator<Builder> settings) {
		return new Rig((builder) -> settings.apply(builder.urls(List.of(URI.create("wss://chat.example.com/ws")))
			.session((session) -> session
				.withCaptures(
						Map.of("a", new Capture("/a", ""), "b", new Capture("/b", ""), "c", new Capture("/c", "")))
				.withResumeUrl(resumeUrl))));
	}

}
