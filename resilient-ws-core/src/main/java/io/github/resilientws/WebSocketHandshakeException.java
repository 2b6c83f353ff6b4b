package io.github.resilientws;

import java.io.IOException;

/**
 * The server switched protocols, or tried to, but its answer is not a valid opening
 * handshake (RFC 6455, section 4.1).
 *
 * @since 0.1
 */
public class WebSocketHandshakeException extends IOException {

	private final Problem problem;

	/**
	 * Create an exception.
	 * @param problem the fault of the answer
	 * @param message details, without text from the peer
	 */
	public WebSocketHandshakeException(Problem problem, String message) {
		super(message);
		this.problem = problem;
	}

	/**
	 * Return the fault of the answer.
	 * @return the problem
	 */
	public Problem getProblem() {
		return this.problem;
	}

	/**
	 * Faults of the answer to an opening handshake.
	 */
	public enum Problem {

		/** {@code Sec-WebSocket-Accept} does not fit our key. */
		WRONG_ACCEPT_KEY,

		/** The server chose none of the requested subprotocols. */
		MISSING_SUBPROTOCOL,

		/** The server chose a subprotocol that the client did not request. */
		UNASKED_SUBPROTOCOL,

		/**
		 * The server chose an extension that the client did not request, or parameters
		 * that the client did not request or that are invalid.
		 */
		UNASKED_EXTENSION,

		/**
		 * The answer is not HTTP, or it is a 101 without the headers of a WebSocket
		 * upgrade.
		 */
		MALFORMED

	}

}
