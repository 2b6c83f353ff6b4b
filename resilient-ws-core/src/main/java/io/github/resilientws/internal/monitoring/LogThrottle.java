package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Permits one log line of each kind per period and counts the suppressed ones. Guarded by
 * itself.
 */
final class LogThrottle {

	static final int HELD_BACK = -1;

	private static final int MAX_KINDS = 64;

	private final LongSupplier nanoTime;

	private final long period;

	// by kind; created by the first line, which most clients never log
	private @Nullable Map<Object, Lines> lines;

	LogThrottle(LongSupplier nanoTime, Duration period) {
		this.nanoTime = nanoTime;
		this.period = period.toNanos();
	}

	/**
	 * Request to log a line.
	 * @param kind kind of the line
	 * @return number of such lines suppressed since the last permitted one, or
	 * {@link #HELD_BACK}
	 */
	synchronized int pass(Object kind) {
		long now = this.nanoTime.getAsLong();
		if (this.lines == null) {
			this.lines = new LinkedHashMap<>();
		}
		Lines known = this.lines.get(kind);
		if (known != null && now - known.last < this.period) {
			known.heldBack++;
			return HELD_BACK;
		}
		this.lines.put(kind, new Lines(now));
		if (this.lines.size() > MAX_KINDS) {
			this.lines.remove(this.lines.keySet().iterator().next());
		}
		return (known != null) ? known.heldBack : 0;
	}

	/**
	 * The lines of one kind.
	 */
	private static final class Lines {

		private final long last;

		private int heldBack;

		Lines(long last) {
			this.last = last;
		}

	}

}
