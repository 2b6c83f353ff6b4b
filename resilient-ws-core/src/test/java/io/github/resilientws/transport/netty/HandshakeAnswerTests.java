package io.github.resilientws.transport.netty;

import java.util.List;
import java.util.function.Consumer;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link HandshakeAnswer}.
 */
class HandshakeAnswerTests {

	// the example of RFC 6455, section 1.3
	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	@Test
	void acceptKeyIsThatOfTheRfc() {
		assertThat(HandshakeAnswer.accept(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	}

	@Test
	void properAnswerIsAccepted() {
		assertThatNoException().isThrownBy(() -> verify(List.of(), (headers) -> {
		}));
		assertThatNoException()
			.isThrownBy(() -> verify(List.of("a", "b"), (headers) -> headers.set("sec-websocket-protocol", "b")));
		assertThatNoException().isThrownBy(() -> verify(List.of(),
				(headers) -> headers.set("upgrade", "WebSocket").set("connection", "keep-alive, UPGRADE")));
	}

	@Test
	void answerWithoutUpgradeIsMalformed() {
		assertProblem(Problem.MALFORMED, List.of(), (headers) -> headers.remove("upgrade"));
		assertProblem(Problem.MALFORMED, List.of(), (headers) -> headers.set("upgrade", "h2c"));
		assertProblem(Problem.MALFORMED, List.of(), (headers) -> headers.set("connection", "close"));
	}

	@Test
	void acceptKeyHasToFit() {
		assertProblem(Problem.WRONG_ACCEPT_KEY, List.of(), (headers) -> headers.remove("sec-websocket-accept"));
		assertProblem(Problem.WRONG_ACCEPT_KEY, List.of(),
				(headers) -> headers.set("sec-websocket-accept", "S3PPLMBITXAQ9KYGZZHZRBK+XOO="));
	}

	@Test
	void subprotocolHasToBeOneOfTheRequested() {
		assertProblem(Problem.MISSING_SUBPROTOCOL, List.of("a"), (headers) -> {
		});
		assertProblem(Problem.UNASKED_SUBPROTOCOL, List.of(), (headers) -> headers.set("sec-websocket-protocol", "a"));
		assertProblem(Problem.UNASKED_SUBPROTOCOL, List.of("a"),
				(headers) -> headers.set("sec-websocket-protocol", "A"));
		assertProblem(Problem.MALFORMED, List.of("a", "b"),
				(headers) -> headers.set("sec-websocket-protocol", List.of("a", "b")));
	}

	@Test
	void headersKeepAllValuesUnderLowerCaseNames() {
		HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FOUND);
		answer.headers().add("Set-Cookie", "a").add("SET-COOKIE", "b").add("Location", "/");
		assertThat(HandshakeAnswer.headersOf(answer)).hasSize(2)
			.containsEntry("set-cookie", List.of("a", "b"))
			.containsEntry("location", List.of("/"));
	}

	private static void assertProblem(Problem problem, List<String> requested, Consumer<HttpHeaders> change) {
		assertThatExceptionOfType(WebSocketHandshakeException.class).isThrownBy(() -> verify(requested, change))
			.satisfies((ex) -> assertThat(ex.getProblem()).isEqualTo(problem));
	}

	private static void verify(List<String> requested, Consumer<HttpHeaders> change)
			throws WebSocketHandshakeException {
		HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
		answer.headers()
			.set("upgrade", "websocket")
			.set("connection", "Upgrade")
			.set("sec-websocket-accept", HandshakeAnswer.accept(KEY));
		change.accept(answer.headers());
		HandshakeAnswer.verify(answer, KEY, requested);
	}

}
