package io.github.resilientws.internal.connection;

/**
 * The phase of an open connection.
 */
enum ConnectionPhase {

	/** The session steps are under way. */
	ESTABLISHING,

	/** Messages are sent. */
	READY,

	/** Our close frame is on its way; this is still the client's connection. */
	CLOSING,

	/** Ended, or replaced by another connection. */
	RETIRED;

	boolean isInUse() {
		return this == ESTABLISHING || this == READY;
	}

	boolean isCurrent() {
		return this != RETIRED;
	}

}
