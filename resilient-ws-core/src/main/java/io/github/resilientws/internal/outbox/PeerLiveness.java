package io.github.resilientws.internal.outbox;

/**
 * The functions of a heartbeat that acknowledgement time-outs depend on: a silent peer
 * may be dead. Called on the client's executor.
 */
public interface PeerLiveness {

	/**
	 * Return the number of reads of the connection.
	 * @return number of reads
	 */
	long reads();

	/**
	 * Return whether heartbeats find a dead peer.
	 * @return {@code false} without heartbeats
	 */
	boolean isMonitored();

	/** Send a heartbeat now, unless one is in progress. */
	void requestProof();

}
