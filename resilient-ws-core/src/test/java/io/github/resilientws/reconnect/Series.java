package io.github.resilientws.reconnect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.reconnect.ReconnectDecision.Refresh;
import io.github.resilientws.reconnect.ReconnectDecision.Retry;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;

/**
 * One series of attempts against a policy: each call is an attempt that ends.
 */
class Series {

	static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final ReconnectPolicy policy;

	private final ReconnectSeries outage;

	Series(ReconnectPolicy policy, boolean customized) {
		this.policy = policy;
		this.outage = new ReconnectSeries("chat", customized);
	}

	static Series of(ReconnectSettings settings) {
		return new Series(policy(settings, random(1)), true);
	}

	static ReconnectPolicy policy(ReconnectSettings settings, RandomGenerator random) {
		return policy(settings, random, null, null);
	}

	static ReconnectPolicy policy(ReconnectSettings settings, RandomGenerator random, @Nullable RetryPolicy retryPolicy,
			@Nullable SleepingBackOffPolicy<?> backOffPolicy) {
		return new DefaultReconnectPolicy(settings, InstantSource.fixed(NOW), random, retryPolicy, backOffPolicy);
	}

	/** Draws these shares of the range, the last one for ever. */
	static RandomGenerator random(double... shares) {
		return new RandomGenerator() {

			private int next;

			@Override
			public long nextLong() {
				throw new UnsupportedOperationException();
			}

			@Override
			public double nextDouble() {
				return shares[Math.min(this.next++, shares.length - 1)];
			}

		};
	}

	static HandshakeRefused refused(int status, String... retryAfter) {
		return new HandshakeRefused(status,
				(retryAfter.length > 0) ? Map.of("retry-after", List.of(retryAfter)) : Map.of());
	}

	static Closed closedByPeer(int code) {
		return new Closed(code, "", true);
	}

	String attemptEnds(DisconnectCause cause) {
		this.outage.nextAttempt();
		return lost(cause);
	}

	String lost(DisconnectCause cause) {
		return lost(cause, Duration.ZERO, null);
	}

	String lost(DisconnectCause cause, Duration elapsed, @Nullable ReconnectAction demanded) {
		this.outage.ended(elapsed, demanded);
		ReconnectDecision decision = this.policy.next(this.outage, cause);
		if (decision instanceof Retry retry) {
			return retry.delay().toMillis() + " ms";
		}
		return (decision instanceof Refresh) ? "refresh" : "stop";
	}

	String attemptEnds(DisconnectCause cause, Duration elapsed, @Nullable ReconnectAction demanded) {
		this.outage.nextAttempt();
		return lost(cause, elapsed, demanded);
	}

}
