package io.github.resilientws.transport.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.transport.ConnectRequest;

/**
 * Checks the subprotocol and extensions that the server chose (RFC 6455, section 4.1),
 * which containers do not check.
 */
final class HandshakeCheck {

	private HandshakeCheck() {
	}

	/**
	 * Compare the server's choice with the request.
	 * @param session the session
	 * @param request the request
	 * @return the failure, or {@code null} if the choice is valid
	 */
	static @Nullable WebSocketHandshakeException problem(WebSocketSession session, ConnectRequest request) {
		List<String> requested = request.subprotocols();
		String chosen = session.getAcceptedProtocol();
		if (!StringUtils.hasText(chosen)) {
			return (requested.isEmpty()) ? extensionProblem(session, request) : new WebSocketHandshakeException(
					Problem.MISSING_SUBPROTOCOL, "none of the requested subprotocols was chosen");
		}
		if (!requested.contains(chosen.trim())) {
			return new WebSocketHandshakeException(Problem.UNASKED_SUBPROTOCOL,
					"a subprotocol was chosen that was not requested");
		}
		return extensionProblem(session, request);
	}

	private static @Nullable WebSocketHandshakeException extensionProblem(WebSocketSession session,
			ConnectRequest request) {
		return (request.compression() || session.getExtensions().isEmpty()) ? null : new WebSocketHandshakeException(
				Problem.UNASKED_EXTENSION, "an extension was chosen, but none requested");
	}

}
