package io.github.resilientws.transport.netty;

/**
 * Where a connection is in its life.
 */
enum Phase {

	/** Resolving, connecting, in the TLS or in the opening handshake. */
	CONNECTING,

	/** Messages flow. */
	OPEN,

	/** Writing failed; what the peer sent before is still read. */
	BROKEN,

	/** Our close frame is written or on its way; the peer's is awaited. */
	CLOSING,

	/** The peer's close frame is here; what is written still has to leave. */
	FLUSHING,

	/** Over; the terminal signal is on its way or was given. */
	ENDED

}
