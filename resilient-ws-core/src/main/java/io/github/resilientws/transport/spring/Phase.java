package io.github.resilientws.transport.spring;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;

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

	/**
	 * Return whether messages of the peer count: also those that it sent before it saw
	 * our close frame.
	 * @param cause the cause of the end, or {@code null}
	 * @return whether they do
	 */
	boolean takesMessages(@Nullable DisconnectCause cause) {
		return isListening() || (this == CLOSING && cause instanceof DisconnectCause.Requested);
	}

}
