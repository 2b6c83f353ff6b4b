package io.github.resilientws.reconnect;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

/**
 * Computes delays with jitter, in nanoseconds. Settings are at most a year, so no sum
 * overflows.
 */
final class DelayCalculator {

	private final ReconnectSettings settings;

	private final RandomGenerator random;

	DelayCalculator(ReconnectSettings settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
	}

	Delay retry(long backOff) {
		return new Delay(backOff, jittered(backOff));
	}

	Delay retrySlowly() {
		long slow = this.settings.maxDelay().toNanos();
		return new Delay(slow, slow / 2 + jittered(slow - slow / 2));
	}

	// clients that received the same Retry-After must not come back at the same time
	Duration honour(@Nullable Duration retryAfter, Delay delay) {
		if (retryAfter == null) {
			return Duration.ofNanos(delay.nanos());
		}
		Duration longest = this.settings.maxRetryAfter();
		long asked = ((retryAfter.compareTo(longest) < 0) ? retryAfter : longest).toNanos();
		long spread = (this.settings.jitter() == Jitter.FULL) ? jittered(delay.beforeJitter()) : 0;
		return Duration.ofNanos(Math.max(delay.nanos(), asked + spread));
	}

	private long jittered(long nanos) {
		return this.settings.jitter().apply(nanos, this.random);
	}

	/**
	 * A delay.
	 *
	 * @param beforeJitter the computed delay
	 * @param nanos the delay with jitter
	 */
	record Delay(long beforeJitter, long nanos) {

		Delay atLeast(long least) {
			return new Delay(Math.max(this.beforeJitter, least), Math.max(this.nanos, least));
		}

	}

}
