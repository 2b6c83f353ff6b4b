package io.github.resilientws.reconnect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.ExponentialBackOffPolicy;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.retry.backoff.SleepingBackOffPolicy;
import org.springframework.retry.policy.AlwaysRetryPolicy;
import org.springframework.retry.policy.MaxAttemptsRetryPolicy;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.SupplyFailed;
import io.github.resilientws.DisconnectCause.WriteFailed;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.settings.ReconnectSettings;

/**
 * One series of attempts as spring-retry sees it: its policies decide, but nothing
 * sleeps, as a sleeper that only listens yields the wait. The one place that calls
 * spring-retry.
 */
final class SpringRetrySeries {

	private final RetryPolicy retryPolicy;

	private final RetryContext context;

	private final BackOffPolicy backOffPolicy;

	private final BackOffContext backOffContext;

	private final Duration maxElapsed;

	private final boolean jittered;

	private int registered;

	private long sleep;

	SpringRetrySeries(String clientName, ReconnectSettings settings, @Nullable RetryPolicy retryPolicy,
			@Nullable SleepingBackOffPolicy<?> backOffPolicy) {
		this.retryPolicy = (retryPolicy != null) ? retryPolicy : limit(settings);
		this.maxElapsed = (retryPolicy != null) ? Duration.ZERO : settings.maxElapsed();
		this.context = this.retryPolicy.open(null);
		this.context.setAttribute(RetryContext.NAME, clientName);
		this.jittered = backOffPolicy != null;
		this.backOffPolicy = (backOffPolicy != null)
				? backOffPolicy.withSleeper((millis) -> this.sleep += TimeUnit.MILLISECONDS.toNanos(millis))
				: exponential(settings, (nanos) -> this.sleep += nanos);
		this.backOffContext = this.backOffPolicy.start(this.context);
	}

	// whether another attempt may follow this end
	boolean canRetry(ReconnectSeries outage, DisconnectCause cause) {
		// a loss is no failed attempt, unless one made within this series brought it
		// about
		for (; this.registered < outage.getAttempts(); this.registered++) {
			this.retryPolicy.registerThrowable(this.context, failure(outage, cause));
		}
		boolean late = !this.maxElapsed.isZero() && outage.getElapsed().compareTo(this.maxElapsed) >= 0;
		return !late && this.retryPolicy.canRetry(this.context);
	}

	// the next wait in nanoseconds
	long backOff() {
		this.sleep = 0;
		this.backOffPolicy.backOff(this.backOffContext);
		return Math.max(0, this.sleep);
	}

	// whether waits come from a policy of the user, which spreads them itself
	boolean isJittered() {
		return this.jittered;
	}

	private static RetryPolicy limit(ReconnectSettings settings) {
		int maxAttempts = settings.maxAttempts();
		return (maxAttempts > 0) ? new MaxAttemptsRetryPolicy(maxAttempts) : new AlwaysRetryPolicy();
	}

	// in nanoseconds, as milliseconds would round from wait to wait
	private static ExponentialBackOffPolicy exponential(ReconnectSettings settings, Sleeper sleeper) {
		ExponentialBackOffPolicy policy = new ExponentialBackOffPolicy();
		policy.setInitialInterval(settings.initialDelay().toNanos());
		policy.setMaxInterval(settings.maxDelay().toNanos());
		// the setter would warn of 1, which is a fine constant wait
		policy.multiplierSupplier(settings::multiplier);
		// withSleeper would make a copy by the setters
		policy.setSleeper(sleeper);
		return policy;
	}

	private static Throwable failure(ReconnectSeries outage, DisconnectCause cause) {
		Throwable result = new WebSocketConnectException(outage.getClientName(), ConnectionState.BACKING_OFF, cause);
		if (cause instanceof ConnectFailed failed) {
			result.initCause(failed.failure());
		}
		else if (cause instanceof SupplyFailed failed) {
			result.initCause(failed.failure());
		}
		else if (cause instanceof WriteFailed failed) {
			result.initCause(failed.failure());
		}
		return result;
	}

}
