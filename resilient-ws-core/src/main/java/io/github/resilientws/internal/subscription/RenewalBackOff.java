package io.github.resilientws.internal.subscription;

import java.util.random.RandomGenerator;

import io.github.resilientws.settings.ReconnectSettings;

/**
 * Delays of the renewals of one subscription on one connection, in nanoseconds: those of
 * reconnecting. They begin again after a subscription was active for
 * {@code reconnect.reset-after}.
 */
final class RenewalBackOff {

	private final ReconnectSettings settings;

	private final RandomGenerator random;

	private double next;

	RenewalBackOff(ReconnectSettings settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
		this.next = settings.initialDelay().toNanos();
	}

	long next(long activeNanos) {
		if (activeNanos >= this.settings.resetAfter().toNanos()) {
			this.next = this.settings.initialDelay().toNanos();
		}
		double longest = this.settings.maxDelay().toNanos();
		double delay = Math.min(this.next, longest);
		this.next = Math.min(delay * this.settings.multiplier(), longest);
		return this.settings.jitter().apply((long) delay, this.random);
	}

}
