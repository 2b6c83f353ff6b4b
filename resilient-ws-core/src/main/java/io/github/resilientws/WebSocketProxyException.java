package io.github.resilientws;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The proxy could not be reached, or did not open a way to the server.
 */
public class WebSocketProxyException extends IOException {

	private final Problem problem;

	private final int status;

	/**
	 * Create an exception.
	 * @param problem what went wrong
	 * @param status the HTTP status or SOCKS reply of the proxy; 0 for none
	 * @param cause what happened, without text from the proxy, or {@code null}
	 */
	public WebSocketProxyException(Problem problem, int status, @Nullable Throwable cause) {
		super("proxy: " + problem + ((status != 0) ? ", status " + status : ""), cause);
		this.problem = problem;
		this.status = status;
	}

	/**
	 * Return what went wrong.
	 * @return the problem
	 */
	public Problem getProblem() {
		return this.problem;
	}

	/**
	 * Return what the proxy answered.
	 * @return the HTTP status or SOCKS reply (RFC 1928, section 6); 0 if there was none
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * What may go wrong with a proxy.
	 */
	public enum Problem {

		/** Its name was not found, or no connection to it came about. */
		UNREACHABLE,

		/** It wants other credentials, or some at all. */
		UNAUTHORIZED,

		/** It does not let us through to the server, or cannot reach it. */
		REFUSED,

		/** It closed the connection before it answered. */
		CLOSED,

		/** It did not answer in time. */
		TIMED_OUT,

		/** Its answer is not of the protocol it should speak. */
		MALFORMED

	}

}
