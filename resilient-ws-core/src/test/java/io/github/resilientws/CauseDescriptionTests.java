package io.github.resilientws;

import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.WebSocketProxyException.Problem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators read about causes.
 */
class CauseDescriptionTests {

	@Test
	void causesAreNamedWithoutMessagesAndHeaders() {
		assertThat(new DisconnectCause.Closed(1006, "", false).describe()).isEqualTo("Closed 1006 by us");
		assertThat(new DisconnectCause.HandshakeRefused(401, Map.of("x", List.of("s3cret"))).describe())
			.isEqualTo("HandshakeRefused 401");
		assertThat(new DisconnectCause.ConnectFailed(new ConnectException("ws://a?s3cret")).describe())
			.isEqualTo("ConnectFailed ConnectException");
		assertThat(new DisconnectCause.ConnectFailed(new ConnectForbiddenException("not there")).describe())
			.isEqualTo("ConnectFailed ConnectForbiddenException: not there");
		assertThat(new DisconnectCause.HeartbeatLost().describe()).isEqualTo("HeartbeatLost");
	}

	@Test
	void reasonOfThePeerIsEscapedAndBounded() {
		assertThat(new DisconnectCause.Closed(1001, "a\r\nb\u001b[31m\u202e", true).describe())
			.isEqualTo("Closed 1001 by peer: a\\u000d\\u000ab\\u001b[31m\\u202e");
		assertThat(new DisconnectCause.Closed(1001, "x".repeat(5000), true).describe()).hasSizeLessThan(200);
	}

	@Test
	void proxyIsNamedWithItsStatus() {
		assertThat(describe(new WebSocketProxyException(Problem.UNAUTHORIZED, 407, null)))
			.isEqualTo("ConnectFailed WebSocketProxyException UNAUTHORIZED (status 407)");
		assertThat(describe(new WebSocketProxyException(Problem.UNREACHABLE, 0, new ConnectException("s3cret"))))
			.isEqualTo("ConnectFailed WebSocketProxyException UNREACHABLE: ConnectException");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Received fatal alert: certificate_required | refused by the server with alert certificate_required (client certificate missing or refused)
					(unknown_ca) Received fatal alert: unknown_ca | refused by the server with alert unknown_ca (client certificate refused)
					Received fatal alert: internal_error | refused by the server with alert internal_error
					No subject alternative DNS name matching s3cret found. | certificate for another host
					No name matching s3cret found | certificate for another host
					The server selected protocol version TLS11 is not accepted by client preferences [TLS13] | no common protocol version
					not an SSL/TLS record: 73336372 | the server does not speak TLS
					""")
	void reasonOfTlsIsNamedInOurWords(String message, String reason) {
		assertThat(describe(new SSLHandshakeException(message)))
			.isEqualTo("ConnectFailed SSLHandshakeException: " + reason);
		assertThat(describe(new IOException("s3cret", new SSLException("s3cret", new IOException(message)))))
			.isEqualTo("ConnectFailed IOException: " + reason);
	}

	@Test
	void certificateIsNamedBeforeWhatFollowedFromIt() {
		SSLException failure = new SSLException("PKIX path validation failed",
				new CertPathValidatorException("s3cret", new CertificateExpiredException("s3cret")));
		assertThat(describe(failure)).isEqualTo("ConnectFailed SSLException: certificate expired");
		assertThat(describe(new SSLException("s3cret"))).isEqualTo("ConnectFailed SSLException");
		assertThat(describe(new IOException("Received fatal alert: internal_error")))
			.isEqualTo("ConnectFailed IOException");
	}

	private static String describe(Throwable failure) {
		return new DisconnectCause.ConnectFailed(failure).describe();
	}

}
