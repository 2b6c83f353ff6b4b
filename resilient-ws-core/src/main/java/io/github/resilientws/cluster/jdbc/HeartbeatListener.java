package io.github.resilientws.cluster.jdbc;

import java.time.Duration;

/**
 * Notified of each heartbeat of this instance. Called on the thread of the election, so
 * it must not block. An exception is logged and otherwise ignored.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HeartbeatListener {

	/**
	 * A heartbeat has ended.
	 * @param success whether the lease was renewed
	 * @param elapsed time that the database took
	 */
	void onHeartbeat(boolean success, Duration elapsed);

}
