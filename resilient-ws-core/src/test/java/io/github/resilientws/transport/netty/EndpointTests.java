package io.github.resilientws.transport.netty;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Endpoint}.
 */
class EndpointTests {

	@ParameterizedTest
	@CsvSource({ "ws://host,host,80,false,host,/", "wss://host/a%20b?c=d%26,host,443,true,host,/a%20b?c=d%26",
			"ws://host:80/,host,80,false,host,/", "WSS://host:8443?x,host,8443,true,host:8443,/?x",
			"ws://[::1]:9000/p,::1,9000,false,[::1]:9000,/p", "wss://u:p@10.0.0.1/,10.0.0.1,443,true,10.0.0.1,/" })
	void readsUrl(URI url, String host, int port, boolean secure, String hostHeader, String target) {
		Endpoint endpoint = Endpoint.of(url);
		assertThat(endpoint).isEqualTo(new Endpoint(host, port, secure, hostHeader, target));
		assertThat(endpoint).hasToString("Endpoint[" + hostHeader + "]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://host", "ws:///path", "host" })
	void refusesWhatIsNoWebSocketUrl(URI url) {
		assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(url));
	}

}
