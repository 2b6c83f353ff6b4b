package io.github.resilientws;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The proxy could not be reached, or did not open a tunnel to the server.
 *
 * @since 0.1
 */
public class WebSocketProxyException extends IOException {

	private final Problem problem;

	private final int status;

	/**
	 * Create an exception.
	 * @param problem the fault
	 * @param status the HTTP status or SOCKS reply of the proxy; 0 for none
	 * @param cause the exception behind it, without text from the proxy, or {@code null}
	 */
	public WebSocketProxyException(Problem problem, int status, @Nullable Throwable cause) {
		super("proxy: " + problem + ((status != 0) ? ", status " + status : ""), cause);
		this.problem = problem;
		this.status = status;
	}

	/**
	 * Return the fault.
	 * @return the problem
	 */
	public Problem getProblem() {
		return this.problem;
	}

	/**
	 * Return the status of the proxy's answer.
	 * @return the HTTP status or SOCKS reply (RFC 1928, section 6); 0 if there was none
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Faults of a proxy.
	 */
	public enum Problem {

		/** Its name was not found, or no connection to it could be opened. */
		UNREACHABLE,

		/** It requires credentials, or other ones than those configured. */
		UNAUTHORIZED,

		/** It refuses the way to the server, or cannot reach the server. */
		REFUSED,

		/** It closed the connection before it answered. */
		CLOSED,

		/** It did not answer in time. */
		TIMED_OUT,

		/** Its answer does not follow the protocol of the proxy. */
		MALFORMED

	}

}
