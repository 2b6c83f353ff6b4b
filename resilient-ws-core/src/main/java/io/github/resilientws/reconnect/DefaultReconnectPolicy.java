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
import io.github.resilientws.reconnect.DelayCalculator.Delay;
import io.github.resilientws.reconnect.ReconnectDecision.Refresh;
import io.github.resilientws.reconnect.ReconnectDecision.Retry;
import io.github.resilientws.reconnect.ReconnectDecision.Stop;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;

/**
 * Decides by the settings: first the action that fits the cause, then whether the series
 * may continue, then the delay. Thread-safe if the random generator is.
 *
 * @since 0.1
 */
public final class DefaultReconnectPolicy implements ReconnectPolicy {

	private final ReconnectSettings settings;

	private final InstantSource clock;

	private final ReconnectActionResolver actions;

	private final DelayCalculator delays;

	private final @Nullable RetryPolicy retryPolicy;

	private final @Nullable SleepingBackOffPolicy<?> backOffPolicy;

	/**
	 * Create a policy.
	 * @param settings the settings, already validated
	 * @param clock wall clock, for dates in {@code Retry-After}
	 * @param random source of the jitter
	 * @param retryPolicy decides when to give up, in place of {@code max-attempts} and
	 * {@code max-elapsed}; each failed attempt is registered as a
	 * {@link io.github.resilientws.WebSocketConnectException}
	 * @param backOffPolicy computes the delays, in place of {@code initial-delay},
	 * {@code multiplier}, {@code max-delay} and {@code jitter}; with {@code retry-slow}
	 * or {@code Retry-After} its delays are raised to those
	 * @throws InvalidSettingException if a key of {@code on-close} or {@code on-status}
	 * is not allowed
	 */
	public DefaultReconnectPolicy(ReconnectSettings settings, InstantSource clock, RandomGenerator random,
			@Nullable RetryPolicy retryPolicy, @Nullable SleepingBackOffPolicy<?> backOffPolicy) {
		this.settings = settings;
		this.clock = clock;
		this.actions = new ReconnectActionResolver(settings);
		this.delays = new DelayCalculator(settings, random);
		this.retryPolicy = retryPolicy;
		this.backOffPolicy = backOffPolicy;
	}

	@Override
	public ReconnectDecision next(ReconnectSeries series, DisconnectCause cause) {
		ReconnectAction action = this.actions.find(series, cause);
		if (action == ReconnectAction.RESET) {
			series.resetSession();
		}
		RefreshSequence refreshes = series.memory(RefreshSequence.class, RefreshSequence::new);
		RefreshSequence.Next refresh = RefreshSequence.Next.BACK_OFF;
		if (action == ReconnectAction.REFRESH) {
			refresh = refreshes.next(end(series, cause));
		}
		else {
			refreshes.interrupt();
		}
		SpringRetrySeries retries = series.memory(SpringRetrySeries.class, () -> begin(series));
		boolean exhausted = !retries.canRetry(series, cause);
		if (!this.settings.enabled() || action == ReconnectAction.STOP || refresh == RefreshSequence.Next.STOP
				|| exhausted) {
			return new Stop();
		}
		Duration retryAfter = retryAfter(cause);
		if (refresh == RefreshSequence.Next.AT_ONCE && retryAfter == null) {
			return new Refresh();
		}
		Delay delay = nextDelay(retries, action == ReconnectAction.RETRY_SLOW);
		return new Retry(this.delays.honour(retryAfter, delay));
	}

	private SpringRetrySeries begin(ReconnectSeries series) {
		return new SpringRetrySeries(series.getClientName(), this.settings, this.retryPolicy, this.backOffPolicy);
	}

	// a slow delay counts, too: the back-off grows whatever the causes are
	private Delay nextDelay(SpringRetrySeries retries, boolean slow) {
		long backOff = retries.backOff();
		if (slow) {
			return this.delays.retrySlowly().atLeast((retries.isJittered()) ? backOff : 0);
		}
		return (retries.isJittered()) ? new Delay(backOff, backOff) : this.delays.retry(backOff);
	}

	private @Nullable Duration retryAfter(DisconnectCause cause) {
		return (cause instanceof HandshakeRefused refused) ? RetryAfter.find(refused.headers(), this.clock.instant())
				: null;
	}

	private static int end(ReconnectSeries series, DisconnectCause cause) {
		if (series.getDemandedAction() != null) {
			return 0;
		}
		if (cause instanceof HandshakeRefused refused) {
			return refused.status();
		}
		return (cause instanceof Closed closed) ? closed.code() : 0;
	}

}
