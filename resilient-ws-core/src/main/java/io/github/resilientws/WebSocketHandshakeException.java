package io.github.resilientws;

import java.io.IOException;

/**
 * The server switched protocols, or tried to, but its answer is no valid opening
 * handshake (RFC 6455, section 4.1).
 */
public class WebSocketHandshakeException extends IOException {

	private final Problem problem;

	/**
	 * Create an exception.
	 * @param problem what is wrong with the answer
	 * @param message details, without text from the peer
	 */
	public WebSocketHandshakeException(Problem problem, String message) {
		super(message);
		this.problem = problem;
	}

	/**
	 * Return what is wrong with the answer.
	 * @return the problem
	 */
	public Problem getProblem() {
		return this.problem;
	}

	/**
	 * What may be wrong with the answer to an opening handshake.
	 */
	public enum Problem {

		/** {@code Sec-WebSocket-Accept} does not fit our key. */
		WRONG_ACCEPT_KEY,

		/** None of the requested subprotocols was chosen. */
		MISSING_SUBPROTOCOL,

		/** A subprotocol was chosen that nobody asked for. */
		UNASKED_SUBPROTOCOL,

		/**
		 * An extension was chosen that nobody asked for, or with parameters that nobody
		 * asked for or that are invalid.
		 */
		UNASKED_EXTENSION,

		/**
		 * The answer is not HTTP, or a 101 without the headers of a WebSocket upgrade.
		 */
		MALFORMED

	}

}
