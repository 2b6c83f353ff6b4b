package io.github.resilientws.transport.spring;

/**
 * How far a connection has come.
 */
enum Phase {

	/** The opening handshake is not over. */
	CONNECTING,

	/** Messages flow. */
	OPEN,

	/** A send failed; the container may still tell why. */
	BROKEN,

	/** We closed, or are about to, behind what is to be sent. */
	CLOSING,

	/** The terminal signal was given or is about to. */
	ENDED;

	boolean isListening() {
		return this == OPEN || this == BROKEN;
	}

}
