package io.github.resilientws.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Scripts the handshakes that {@link TestWebSocketServer#always()},
 * {@link TestWebSocketServer#once()} or {@link TestWebSocketServer#next(int)} chose.
 *
 * <pre>{@code
 * server.next(2).refuse(503, "Retry-After", "1");
 * }</pre>
 *
 * @since 0.1
 */
public final class HandshakeScript {

	private final Consumer<HandshakeAnswer> plan;

	private final TestWebSocketServer server;

	HandshakeScript(Consumer<HandshakeAnswer> plan, TestWebSocketServer server) {
		this.plan = plan;
		this.server = server;
	}

	/**
	 * Accept, and choose the first requested subprotocol.
	 * @return the server
	 */
	public TestWebSocketServer accept() {
		return then(new AcceptHandshake());
	}

	/**
	 * Accept late.
	 * @param delay delay of the answer
	 * @return the server
	 */
	public TestWebSocketServer acceptAfter(Duration delay) {
		return then(new AcceptHandshake().withDelay(delay));
	}

	/**
	 * Accept, and send texts in the same write as the answer.
	 * @param texts the texts
	 * @return the server
	 */
	public TestWebSocketServer acceptAndPush(String... texts) {
		return then(new AcceptHandshake()
			.withGreeting(Frames.concat(Arrays.stream(texts).map(Frames::text).toArray(byte[][]::new))));
	}

	/**
	 * Accept and then close.
	 * @param code close code
	 * @param after time from the answer to the close frame; zero sends both in the same
	 * write
	 * @return the server
	 */
	public TestWebSocketServer acceptThenClose(int code, Duration after) {
		if (after.isZero()) {
			return then(new AcceptHandshake().withGreeting(Frames.close(code, ""))
				.withAfterwards(ServerConnection::markCloseSent));
		}
		return then(new AcceptHandshake()
			.withAfterwards((connection) -> connection.later(after.toNanos(), () -> connection.close(code, ""))));
	}

	/**
	 * Accept, but with a wrong {@code Sec-WebSocket-Accept}.
	 * @return the server
	 */
	public TestWebSocketServer wrongAcceptKey() {
		return then(new AcceptHandshake().withWrongKey());
	}

	/**
	 * Accept, but choose no subprotocol.
	 * @return the server
	 */
	public TestWebSocketServer noSubprotocol() {
		return then(new AcceptHandshake().withSubprotocol(""));
	}

	/**
	 * Accept and choose a subprotocol, requested or not.
	 * @param subprotocol the subprotocol
	 * @return the server
	 */
	public TestWebSocketServer subprotocol(String subprotocol) {
		return then(new AcceptHandshake().withSubprotocol(subprotocol));
	}

	/**
	 * Accept and choose an extension, requested or not. With {@code permessage-deflate}
	 * the server inflates messages; {@link Frames#deflated(String)} creates compressed
	 * ones.
	 * @param extension the extension
	 * @return the server
	 */
	public TestWebSocketServer extension(String extension) {
		return then(new AcceptHandshake().withExtension(extension));
	}

	/**
	 * Refuse, without a body.
	 * @param status status of the answer
	 * @param headers names and values in turn
	 * @return the server
	 */
	public TestWebSocketServer refuse(int status, String... headers) {
		return refuseWithBody(status, "", headers);
	}

	/**
	 * Refuse with a body.
	 * @param status status of the answer
	 * @param body the body
	 * @param headers names and values in turn, such as {@code Content-Type}
	 * @return the server
	 */
	public TestWebSocketServer refuseWithBody(int status, String body, String... headers) {
		StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Status " + status + "\r\n");
		for (int i = 0; i < headers.length; i += 2) {
			answer.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		answer.append("Connection: close\r\nContent-Length: ").append(Frames.utf8(body).length).append("\r\n\r\n");
		return rawAnswer(answer.append(body).toString());
	}

	/**
	 * Answer with bytes that are not HTTP, and close.
	 * @return the server
	 */
	public TestWebSocketServer garbage() {
		return rawAnswer("\u0001\u0002 this is not HTTP \u0003\r\n\r\n");
	}

	/**
	 * Answer with a verbatim text, and close.
	 * @param answer the answer, with its line ends
	 * @return the server
	 */
	public TestWebSocketServer rawAnswer(String answer) {
		return then((connection) -> {
			connection.readHandshake();
			connection.answerAndEnd(answer.getBytes(StandardCharsets.UTF_8));
		});
	}

	/**
	 * Read the request and never answer.
	 * @return the server
	 */
	public TestWebSocketServer hang() {
		return then((connection) -> {
			connection.readHandshake();
			connection.drain();
		});
	}

	/**
	 * Reset (RST) the TCP connection as soon as it is accepted.
	 * @return the server
	 */
	public TestWebSocketServer resetOnAccept() {
		return then(ServerConnection::reset);
	}

	/**
	 * Close (FIN) the TCP connection as soon as it is accepted.
	 * @return the server
	 */
	public TestWebSocketServer closeOnAccept() {
		return then((connection) -> {
		});
	}

	/**
	 * Read the request and close (FIN) without an answer.
	 * @return the server
	 */
	public TestWebSocketServer closeUnanswered() {
		return then(ServerConnection::readHandshake);
	}

	private TestWebSocketServer then(HandshakeAnswer answer) {
		this.plan.accept(answer);
		return this.server;
	}

}
