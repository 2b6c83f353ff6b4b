package io.github.resilientws.internal.heartbeat;

import java.time.Duration;

/**
 * Receives the results of the heartbeat of one connection. Called on the client's
 * executor.
 */
public interface HeartbeatListener {

	/**
	 * The answer to a heartbeat arrived.
	 * @param roundTrip time from the moment the heartbeat was due to its answer; includes
	 * the time that it waited for the socket
	 */
	void onHeartbeatAnswered(Duration roundTrip);

	/**
	 * A heartbeat was missed.
	 * @param missed number of heartbeats missed in a row
	 */
	void onHeartbeatMissed(int missed);

	/**
	 * The peer is dead or has stopped sending data: the connection is unusable.
	 */
	void onPeerDead();

}
