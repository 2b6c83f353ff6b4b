package io.github.resilientws.reconnect;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.reconnect.ReconnectDecision.Refresh;
import io.github.resilientws.reconnect.ReconnectDecision.Retry;
import io.github.resilientws.reconnect.ReconnectDecision.Stop;
import io.github.resilientws.reconnect.Waits.Wait;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;

/**
 * Decides by the settings: first what kind of end it was, then whether the series may go
 * on, then how long to wait. Thread-safe if the random generator is.
 */
public final class DefaultReconnectPolicy implements ReconnectPolicy {

	private final ReconnectSettings settings;

	private final InstantSource clock;

	private final Actions actions;

	private final Waits waits;

	private final @Nullable RetryPolicy retryPolicy;

	private final @Nullable SleepingBackOffPolicy<?> backOffPolicy;

	/**
	 * Create a policy.
	 * @param settings the settings, which keep their rules
	 * @param clock wall clock, for dates in {@code Retry-After}
	 * @param random spreads the waits
	 * @param retryPolicy decides when to give up, in place of {@code max-attempts} and
	 * {@code max-elapsed}; told of each failed attempt by a
	 * {@link io.github.resilientws.WebSocketConnectException}
	 * @param backOffPolicy decides how long to wait, in place of {@code initial-delay},
	 * {@code multiplier}, {@code max-delay} and {@code jitter}; where the server is
	 * spared, its waits are raised to the slow wait or {@code Retry-After}
	 * @throws InvalidSettingException if a key of {@code on-close} or {@code on-status}
	 * is not allowed
	 */
	public DefaultReconnectPolicy(ReconnectSettings settings, InstantSource clock, RandomGenerator random,
			@Nullable RetryPolicy retryPolicy, @Nullable SleepingBackOffPolicy<?> backOffPolicy) {
		this.settings = settings;
		this.clock = clock;
		this.actions = new Actions(settings);
		this.waits = new Waits(settings, random);
		this.retryPolicy = retryPolicy;
		this.backOffPolicy = backOffPolicy;
	}

	@Override
	public ReconnectDecision next(ReconnectSeries outage, DisconnectCause cause) {
		ReconnectAction action = this.actions.find(outage, cause);
		RefreshSequence refreshes = outage.memory(RefreshSequence.class, RefreshSequence::new);
		RefreshSequence.Next refresh = RefreshSequence.Next.BACK_OFF;
		if (action == ReconnectAction.REFRESH) {
			refresh = refreshes.next(end(outage, cause));
		}
		else {
			refreshes.interrupt();
		}
		SpringRetrySeries series = outage.memory(SpringRetrySeries.class, () -> begin(outage));
		boolean exhausted = !series.canRetry(outage, cause);
		if (!this.settings.enabled() || action == ReconnectAction.STOP || refresh == RefreshSequence.Next.STOP
				|| exhausted) {
			return new Stop();
		}
		Duration retryAfter = retryAfter(cause);
		if (refresh == RefreshSequence.Next.AT_ONCE && retryAfter == null) {
			return new Refresh();
		}
		Wait wait = nextWait(series, action == ReconnectAction.RETRY_SLOW);
		return new Retry(this.waits.honour(retryAfter, wait));
	}

	private SpringRetrySeries begin(ReconnectSeries outage) {
		return new SpringRetrySeries(outage.getClientName(), this.settings, this.retryPolicy, this.backOffPolicy);
	}

	// a slow wait counts too, so that the back-off grows whatever the ends are
	private Wait nextWait(SpringRetrySeries series, boolean slow) {
		long backOff = series.backOff();
		if (slow) {
			return this.waits.retrySlowly().atLeast((series.isJittered()) ? backOff : 0);
		}
		return (series.isJittered()) ? new Wait(backOff, backOff) : this.waits.retry(backOff);
	}

	private @Nullable Duration retryAfter(DisconnectCause cause) {
		return (cause instanceof HandshakeRefused refused) ? RetryAfter.find(refused.headers(), this.clock.instant())
				: null;
	}

	private static int end(ReconnectSeries outage, DisconnectCause cause) {
		if (outage.getDemandedAction() != null) {
			return 0;
		}
		if (cause instanceof HandshakeRefused refused) {
			return refused.status();
		}
		return (cause instanceof Closed closed) ? closed.code() : 0;
	}

}
