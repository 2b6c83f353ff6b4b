package io.github.resilientws.internal.execution;

import java.time.Duration;

/**
 * Durations as nanoseconds that can be added to the present time without overflow.
 */
public final class Nanos {

	/** About 146 years, which stands for "never". */
	public static final long MAX = Long.MAX_VALUE / 2;

	private static final Duration MAX_DURATION = Duration.ofNanos(MAX);

	private Nanos() {
	}

	public static long of(Duration duration) {
		return (duration.compareTo(MAX_DURATION) < 0) ? duration.toNanos() : MAX;
	}

}
