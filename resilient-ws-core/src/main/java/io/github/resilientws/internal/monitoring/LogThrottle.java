package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets one through each period and counts what it holds back. Guarded by itself.
 */
final class LogThrottle {

	static final int HELD_BACK = -1;

	private final LongSupplier nanoTime;

	private final long period;

	private long last;

	private boolean passed;

	private int heldBack;

	LogThrottle(LongSupplier nanoTime, Duration period) {
		this.nanoTime = nanoTime;
		this.period = period.toNanos();
	}

	/**
	 * Ask to be let through.
	 * @return how many were held back since the last one let through, or
	 * {@link #HELD_BACK}
	 */
	synchronized int pass() {
		long now = this.nanoTime.getAsLong();
		if (this.passed && now - this.last < this.period) {
			this.heldBack++;
			return HELD_BACK;
		}
		int before = this.heldBack;
		this.passed = true;
		this.last = now;
		this.heldBack = 0;
		return before;
	}

}
