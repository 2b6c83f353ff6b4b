package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Permits one log line per period and counts the suppressed ones. Guarded by itself.
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
	 * Request to log a line.
	 * @return number of lines suppressed since the last permitted one, or
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
