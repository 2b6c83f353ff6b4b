package io.github.resilientws.reconnect;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

/**
 * Spreads waits, in nanoseconds. Settings are at most a year, so that no sum overflows.
 */
final class Waits {

	private final ReconnectSettings settings;

	private final RandomGenerator random;

	Waits(ReconnectSettings settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
	}

	Wait retry(long backOff) {
		return new Wait(backOff, jittered(backOff));
	}

	Wait retrySlowly() {
		long slow = this.settings.maxDelay().toNanos();
		return new Wait(slow, (isSpread()) ? slow / 2 + jittered(slow - slow / 2) : slow);
	}

	// those that the server told the same time shall not come back together
	Duration honour(@Nullable Duration retryAfter, Wait wait) {
		if (retryAfter == null) {
			return Duration.ofNanos(wait.nanos());
		}
		Duration longest = this.settings.maxRetryAfter();
		long asked = ((retryAfter.compareTo(longest) < 0) ? retryAfter : longest).toNanos();
		long spread = (isSpread()) ? jittered(wait.beforeJitter()) : 0;
		return Duration.ofNanos(Math.max(wait.nanos(), asked + spread));
	}

	private boolean isSpread() {
		return this.settings.jitter() == Jitter.FULL;
	}

	private long jittered(long nanos) {
		return (isSpread()) ? (long) (nanos * this.random.nextDouble()) : nanos;
	}

	/**
	 * A wait.
	 *
	 * @param beforeJitter the computed one
	 * @param nanos the one to keep
	 */
	record Wait(long beforeJitter, long nanos) {

		Wait atLeast(long least) {
			return new Wait(Math.max(this.beforeJitter, least), Math.max(this.nanos, least));
		}

	}

}
