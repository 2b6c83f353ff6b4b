package io.github.resilientws;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.WebSocketProxyException.Problem;
import io.github.resilientws.transport.ClosedPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What operators read about causes.
 */
class CauseDescriptionTests {

	@Test
	void causesAreNamedWithoutMessagesAndHeaders() {
		assertThat(new DisconnectCause.Closed(1006, "", false).describe()).isEqualTo("Closed 1006 by us");
		assertThat(new DisconnectCause.HandshakeRefused(401, Map.of("x", List.of("s3cret"))).describe())
			.isEqualTo("handshake refused with status 401");
		assertThat(new DisconnectCause.ConnectFailed(new ConnectException("ws://a?s3cret")).describe())
			.isEqualTo("connection refused");
		assertThat(new DisconnectCause.ConnectFailed(new ConnectForbiddenException("not there")).describe())
			.isEqualTo("not there");
		assertThat(new DisconnectCause.HeartbeatLost().describe()).isEqualTo("heartbeat lost");
	}

	@Test
	void reasonOfThePeerIsEscapedAndBounded() {
		assertThat(new DisconnectCause.Closed(1001, "a\r\nb\u001b[31m\u202e", true).describe())
			.isEqualTo("Closed 1001 by peer: a\\u000d\\u000ab\\u001b[31m\\u202e");
		assertThat(new DisconnectCause.Closed(1001, "x".repeat(5000), true).describe()).hasSizeLessThan(200);
	}

	@Test
	void lostLineIsNamedWithItsReason() {
		assertThat(new DisconnectCause.OwnershipLost("").describe()).isEqualTo("lost the line");
		assertThat(new DisconnectCause.OwnershipLost("no beat for 9 s\n").describe())
			.isEqualTo("lost the line: no beat for 9 s\\u000a");
	}

	@Test
	void proxyIsNamedWithItsStatus() {
		assertThat(describe(new WebSocketProxyException(Problem.UNAUTHORIZED, 407, null)))
			.isEqualTo("proxy wants other credentials (status 407)");
		assertThat(describe(new WebSocketProxyException(Problem.UNREACHABLE, 0, new ConnectException("s3cret"))))
			.isEqualTo("proxy unreachable: connection refused");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Received fatal alert: certificate_required | TLS refused by the server with alert certificate_required (client certificate missing or refused)
					(unknown_ca) Received fatal alert: unknown_ca | TLS refused by the server with alert unknown_ca (client certificate refused)
					Received fatal alert: internal_error | TLS refused by the server with alert internal_error
					No subject alternative DNS name matching s3cret found. | certificate for another host
					No name matching s3cret found | certificate for another host
					The server selected protocol version TLS11 is not accepted by client preferences [TLS13] | no common TLS version
					not an SSL/TLS record: 73336372 | the server does not speak TLS
					""")
	void reasonOfTlsIsNamedInOurWords(String message, String reason) {
		assertThat(describe(new SSLHandshakeException(message))).isEqualTo(reason);
		assertThat(describe(new IOException("s3cret", new SSLException("s3cret", new IOException(message)))))
			.isEqualTo(reason);
	}

	@Test
	void certificateIsNamedBeforeItsConsequences() {
		SSLException failure = new SSLException("PKIX path validation failed",
				new CertPathValidatorException("s3cret", new CertificateExpiredException("s3cret")));
		assertThat(describe(failure)).isEqualTo("certificate expired");
		assertThat(describe(new SSLException("s3cret"))).isEqualTo("TLS handshake failed");
		assertThat(describe(new IOException("Received fatal alert: internal_error"))).isEqualTo("connection failed");
	}

	static Stream<Arguments> failures() {
		IOException refused = new ConnectException("Connection refused: localhost/127.0.0.1:9");
		return Stream.of(
				Arguments.of(new ConnectException("finishConnect(..) failed: Connection refused"),
						"connection refused"),
				Arguments.of(new ConnectException(), "connection refused"),
				Arguments.of(new ConnectException("Connection timed out"), "connect timed out"),
				Arguments.of(new ConnectTimeoutException("s3cret"), "connect timed out"),
				Arguments.of(new HttpConnectTimeoutException("s3cret"), "connect timed out"),
				Arguments.of(new SocketTimeoutException("s3cret"), "connect timed out"),
				Arguments.of(new TimeoutException("s3cret"), "connect timed out"),
				Arguments.of(new UnknownHostException("s3cret"), "unknown host"),
				Arguments.of(new UnresolvedAddressException(), "unknown host"),
				Arguments.of(new NoRouteToHostException("No route to host"), "no route to host"),
				Arguments.of(new NoRouteToHostException("Network is unreachable"), "network unreachable"),
				Arguments.of(new ConnectException("Network is unreachable"), "network unreachable"),
				Arguments.of(new BindException("s3cret"), "no local address available"),
				Arguments.of(new SocketException("Connection reset"), "connection reset"),
				Arguments.of(new IOException("recvAddress(..) failed: Connection reset by peer"), "connection reset"),
				Arguments.of(new ClosedChannelException(), "connection closed before the server answered"),
				Arguments.of(new PrematureChannelClosureException("s3cret"),
						"connection closed before the server answered"),
				Arguments.of(new EOFException("s3cret"), "connection closed before the server answered"),
				Arguments.of(new SslHandshakeTimeoutException("handshake timed out after 10000ms"),
						"TLS handshake timed out"),
				Arguments.of(new ExecutionException("s3cret", refused), "connection refused"),
				Arguments.of(new IllegalStateException("s3cret", new IOException("s3cret", refused)),
						"connection refused"),
				Arguments.of(new WebSocketHandshakeException(WebSocketHandshakeException.Problem.MALFORMED, "s3cret"),
						"the server's answer is not a WebSocket handshake"),
				Arguments.of(new RejectedExecutionException("s3cret"), "the application is shutting down"),
				Arguments.of(new IllegalStateException("s3cret"), "connection failed"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void attemptsFailInTheWordsOfAPerson(Throwable failure, String words) {
		assertThat(describe(failure)).isEqualTo(words);
		assertThat(new DisconnectCause.ConnectFailed(failure)).hasToString(words);
	}

	@Test
	void noTextNamesAnException() {
		failures().map((arguments) -> (Throwable) arguments.get()[0]).forEach((failure) -> {
			for (DisconnectCause cause : List.of(new DisconnectCause.ConnectFailed(failure),
					new DisconnectCause.SupplyFailed(failure), new DisconnectCause.WriteFailed(failure))) {
				assertThat(cause.describe()).doesNotContain("Exception", "s3cret").isNotBlank();
			}
		});
	}

	@Test
	void descriptionNamesWriteOrPreparation() {
		IOException reset = new IOException("writevAddresses(..) failed: Broken pipe");
		assertThat(new DisconnectCause.WriteFailed(reset).describe()).isEqualTo("write failed: connection reset");
		assertThat(new DisconnectCause.WriteFailed(new IOException("s3cret")).describe()).isEqualTo("write failed");
		assertThat(new DisconnectCause.SupplyFailed(new IllegalStateException("s3cret")).describe())
			.isEqualTo("preparing the handshake failed");
		assertThat(new DisconnectCause.SupplyFailed(new RuntimeException("s3cret", new UnknownHostException("s3cret")))
			.describe()).isEqualTo("preparing the handshake failed: unknown host");
		assertThat(new DisconnectCause.SupplyFailed(new TimeoutException("s3cret")).describe())
			.isEqualTo("preparing the handshake timed out");
		assertThat(new DisconnectCause.Requested().describe()).isEqualTo("requested");
	}

	/**
	 * The exceptions that the sockets of this JDK and of Netty really throw.
	 */
	@Test
	void refusedAndUnknownAreRecognisedOnThisJdk() throws Exception {
		try (ClosedPort port = new ClosedPort()) {
			InetSocketAddress closed = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number());
			assertThat(describe(catchThrowable(() -> new Socket().connect(closed)))).isEqualTo("connection refused");
			assertThat(describe(catchThrowable(() -> SocketChannel.open(closed)))).isEqualTo("connection refused");
			assertThat(describe(catchThrowable(() -> AsynchronousSocketChannel.open().connect(closed).get())))
				.isEqualTo("connection refused");
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number())).build();
			assertThat(describe(catchThrowable(
					() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()))))
				.isEqualTo("connection refused");
		}
		assertThat(describe(catchThrowable(() -> InetAddress.getByName("no-such-host.invalid"))))
			.isEqualTo("unknown host");
		assertThat(describe(catchThrowable(
				() -> SocketChannel.open(InetSocketAddress.createUnresolved("no-such-host.invalid", 1)))))
			.isEqualTo("unknown host");
	}

	private static String describe(Throwable failure) {
		return new DisconnectCause.ConnectFailed(failure).describe();
	}

}
