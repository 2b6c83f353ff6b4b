package io.github.resilientws.internal.persistence;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Converts between monotonic time, which the outbox uses, and the wall clock, which
 * stored records use.
 *
 * @param wall wall clock
 * @param nanoTime monotonic time
 */
public record StoreClock(InstantSource wall, LongSupplier nanoTime) {

	long toMillis(long nanos) {
		return this.wall.millis() + TimeUnit.NANOSECONDS.toMillis(nanos - this.nanoTime.getAsLong());
	}

	long toNanos(long millis) {
		return this.nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis - this.wall.millis());
	}

}
