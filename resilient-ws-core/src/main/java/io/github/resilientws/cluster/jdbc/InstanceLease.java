package io.github.resilientws.cluster.jdbc;

import java.util.function.LongSupplier;

/**
 * The time for which an instance may use its lines without another heartbeat. May be read
 * by any thread.
 */
final class InstanceLease {

	private final String instance;

	private final LongSupplier nanoTime;

	// written by the thread of the election
	private volatile long deadline;

	/**
	 * Create a lease.
	 * @param instance id of the instance
	 * @param nanoTime monotonic time
	 * @param deadline the monotonic time at which it expires
	 */
	InstanceLease(String instance, LongSupplier nanoTime, long deadline) {
		this.instance = instance;
		this.nanoTime = nanoTime;
		this.deadline = deadline;
	}

	String instance() {
		return this.instance;
	}

	void renew(long deadline) {
		this.deadline = deadline;
	}

	long remainingNanos() {
		return this.deadline - this.nanoTime.getAsLong();
	}

	boolean isValid() {
		return remainingNanos() > 0;
	}

}
