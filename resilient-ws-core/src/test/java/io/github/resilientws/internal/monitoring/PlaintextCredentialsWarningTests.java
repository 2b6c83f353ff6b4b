package io.github.resilientws.internal.monitoring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.ConnectRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlaintextCredentialsWarning}.
 */
class PlaintextCredentialsWarningTests {

	@RegisterExtension
	final CapturedLog appender = new CapturedLog(ResilientWebSocketClient.class);

	private final PlaintextCredentialsWarning warning = new PlaintextCredentialsWarning();

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "authorization", "Cookie", "X-Api-Key", "X-Auth-Token",
			"Proxy-Authorization", "client_secret", "PASSWORD", "X-Auth", "auth", "OAuth", "key", "X-Key", "accessKey",
			"jwt", "X-JWT-Assertion", "Bearer", "X-Signature", "sig", "passwd", "pwd", "pass" })
	void credentialsAreNamed(String name) {
		check("ws://example.com:8080/path", name, Set.of());
		check("ws://example.org/?q=1", "X-Other", Set.of("room", name));
		assertThat(this.appender.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).hasToString("WARN");
			assertThat(event.getFormattedMessage())
				.isEqualTo("[chat] credentials go unencrypted over the network to example.com: "
						+ "use wss:// instead of ws://");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Monkey", "keyboard", "Idempotency-Key", "room-key", "author", "Authority", "design",
			"signal", "compass", "passenger", "X-Request-Id" })
	void otherWordsAreNoCredentials(String name) {
		check("ws://example.com/?room=1&" + name + "=1", name, Set.of(name));
		assertThat(this.appender.list).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "ws://a/?token=x, X-Other, room, true", "ws://a/?room=1&access_token, X-Other, room, true",
			"ws://a/, X-Other, token, true", "ws://a/?auth=x, X-Other, room, true",
			"ws://a/?key=x, X-Other, room, true", "ws://a/token?room=token, X-Other, room, false" })
	void queryAndTemplatesCount(String url, String header, String value, boolean warned) {
		check(url, header, Set.of(value));
		assertThat(this.appender.list).hasSize(warned ? 1 : 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "wss://example.com", "WSS://example.com", "ws://localhost:8080", "ws://LOCALHOST",
			"ws://a.localhost", "ws://127.0.0.1", "ws://127.1.2.3:80", "ws://[::1]:80", "ws://[0:0:0:0:0:0:0:1]",
			"ws://[::1%1]", "ws://my_host.localhost" })
	void encryptedOrLocalIsFine(String url) {
		check(url, "Authorization", Set.of("token"));
		assertThat(this.appender.list).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ws://notlocalhost", "ws://localhost.example.com", "ws://127.0.0.1.example.com",
			"ws://10.0.0.1", "ws://[fe80::1]", "ws://my_host", "ws://[fe80::1%eth0]" })
	void whatOnlyLooksLocalIsNot(String url) {
		check(url, "Authorization", Set.of());
		assertThat(this.appender.list).hasSize(1);
	}

	@Test
	void aLaterAttemptIsLookedAtToo() {
		check("ws://localhost", "Authorization", Set.of());
		check("ws://example.com", "Authorization", Set.of());
		assertThat(this.appender.list).hasSize(1);
	}

	private void check(String url, String header, Set<String> values) {
		this.warning.check("chat", new ConnectRequest(URI.create(url), Map.of(header, "s3cret"), List.of(), 1, 1,
				Duration.ofSeconds(1), Duration.ofSeconds(1), null, ProxySettings.NONE, false), values);
	}

}
