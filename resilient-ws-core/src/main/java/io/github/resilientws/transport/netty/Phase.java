package io.github.resilientws.transport.netty;

/**
 * The phases of a connection.
 */
enum Phase {

	/** Resolving, connecting, in the TLS or in the opening handshake. */
	CONNECTING,

	/** Messages are sent and received. */
	OPEN,

	/** Writing failed; earlier messages of the peer are still read. */
	BROKEN,

	/** Our close frame is written or on its way; the peer's is awaited. */
	CLOSING,

	/** The peer's close frame has arrived; pending writes are still sent. */
	FLUSHING,

	/** Ended; the terminal signal was given or is about to be. */
	ENDED

}
