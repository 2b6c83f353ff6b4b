package io.github.resilientws;

/**
 * How a request ended.
 *
 * @since 0.1
 */
public enum RequestOutcome {

	/** The reply arrived. */
	SUCCESS,

	/** The server refused it. */
	REFUSED,

	/** No reply arrived in time. */
	EXPIRED,

	/** The connection, or the client, ended before the reply. */
	LOST

}
