package io.github.resilientws.cluster.jdbc;

import java.util.function.LongSupplier;

/**
 * The time for which an instance may use its lines without another heartbeat. May be read
 * by any thread.
 */
final class InstanceLease {

	private final String instance;

	private final LongSupplier nanoTime;

	private final long lengthNanos;

	// written by the thread of the election
	private volatile long renewedAt;

	/**
	 * Create a lease.
	 * @param instance id of the instance
	 * @param nanoTime monotonic time
	 * @param lengthNanos how long it is valid without another heartbeat
	 * @param renewedAt the monotonic time at which the first heartbeat began
	 */
	InstanceLease(String instance, LongSupplier nanoTime, long lengthNanos, long renewedAt) {
		this.instance = instance;
		this.nanoTime = nanoTime;
		this.lengthNanos = lengthNanos;
		this.renewedAt = renewedAt;
	}

	String instance() {
		return this.instance;
	}

	void renew(long renewedAt) {
		this.renewedAt = renewedAt;
	}

	long remainingNanos() {
		return this.lengthNanos - silentNanos();
	}

	boolean isValid() {
		return remainingNanos() > 0;
	}

	/**
	 * Return the time since the last heartbeat began.
	 * @return nanoseconds
	 */
	long silentNanos() {
		return this.nanoTime.getAsLong() - this.renewedAt;
	}

}
