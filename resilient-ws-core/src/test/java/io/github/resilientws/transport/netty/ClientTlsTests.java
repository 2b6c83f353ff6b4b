package io.github.resilientws.transport.netty;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.settings.WebSocketUrl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientTls}.
 */
class ClientTlsTests {

	// the JDK refuses to compare a name with '_', HostCheck compares every name
	@ParameterizedTest
	@CsvSource({ "example.com,HTTPS,example.com", "my_host.example.com,,my_host.example.com",
			"m\u00fcnchen.example,HTTPS,xn--mnchen-3ya.example", "10.0.0.1,HTTPS,", "[fe80::1%eth0],HTTPS," })
	void hostIsNamedAndChecked(String host, @Nullable String algorithm, @Nullable String name) {
		SSLParameters parameters = new ClientTls().newHandler(null, WebSocketUrl.of(URI.create("wss://" + host + "/")))
			.engine()
			.getSSLParameters();
		assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo(algorithm);
		if (name == null) {
			assertThat(parameters.getServerNames()).isNullOrEmpty();
		}
		else {
			assertThat(parameters.getServerNames()).singleElement()
				.extracting(SNIServerName::getEncoded)
				.isEqualTo(name.getBytes(StandardCharsets.US_ASCII));
		}
	}

}
