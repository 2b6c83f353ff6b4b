package io.github.resilientws.test.context;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopbackTests {

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "a.localhost", "127.0.0.1", "127.255.0.254", "[::1]", "[0:0:0:0:0:0:0:1]",
			"[::ffff:127.0.0.1]" })
	void isThisMachine(String host) {
		assertThat(Loopback.isLoopback(URI.create("ws://" + host + ":1/").getHost())).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "::1", "0:0:0:0:0:0:0:1" })
	void isThisMachineWithoutBrackets(String host) {
		assertThat(Loopback.isLoopback(host)).isTrue();
		assertThat(Loopback.isLoopback("g" + host)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "real.example.com", "localhost.example.com", "notlocalhost", "127.0.0.1.example.com",
			"127.1", "128.0.0.1", "0.0.0.0", "10.0.0.1", "[::2]", "[fe80::1]", "[::ffff:10.0.0.1]" })
	void isElsewhereOrUnclear(String host) {
		assertThat(Loopback.isLoopback(String.valueOf(URI.create("ws://" + host + ":1/").getHost()))).isFalse();
	}

}
