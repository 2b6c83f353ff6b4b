package io.github.resilientws.transport.spring;

/**
 * The phases of a connection.
 */
enum Phase {

	/** The opening handshake is in progress. */
	CONNECTING,

	/** Messages are sent and received. */
	OPEN,

	/** A send failed; the container may still report the cause. */
	BROKEN,

	/** The client has closed, or will close after the pending messages. */
	CLOSING,

	/** The terminal signal was given or is about to. */
	ENDED;

	boolean isListening() {
		return this == OPEN || this == BROKEN;
	}

}
