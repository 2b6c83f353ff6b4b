package io.github.resilientws.internal.outbox;

/**
 * The part of a heartbeat that acknowledgement time-outs depend on: a peer that is silent
 * may be dead. Called on the client's executor.
 */
public interface PeerLiveness {

	/**
	 * Return how often the connection was read.
	 * @return number of reads
	 */
	long reads();

	/**
	 * Return whether heartbeats find a dead peer.
	 * @return {@code false} without heartbeats
	 */
	boolean isMonitored();

	/** Send a heartbeat now, unless one is under way. */
	void requestProof();

}
