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
 * One series of attempts for spring-retry. Its policies decide, but no thread sleeps: a
 * {@code Sleeper} records the delay instead. No other class calls spring-retry.
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
	boolean canRetry(ReconnectSeries series, DisconnectCause cause) {
		// a loss counts as a failed attempt only if the attempt belongs to this series
		for (; this.registered < series.getAttempts(); this.registered++) {
			this.retryPolicy.registerThrowable(this.context, failure(series, cause));
		}
		boolean late = !this.maxElapsed.isZero() && series.getElapsed().compareTo(this.maxElapsed) >= 0;
		return !late && this.retryPolicy.canRetry(this.context);
	}

	// the next delay in nanoseconds
	long backOff() {
		this.sleep = 0;
		this.backOffPolicy.backOff(this.backOffContext);
		return Math.max(0, this.sleep);
	}

	// a back-off policy of the user adds jitter itself
	boolean isJittered() {
		return this.jittered;
	}

	private static RetryPolicy limit(ReconnectSettings settings) {
		int maxAttempts = settings.maxAttempts();
		return (maxAttempts > 0) ? new MaxAttemptsRetryPolicy(maxAttempts) : new AlwaysRetryPolicy();
	}

	// in nanoseconds: milliseconds would add a rounding error per delay
	private static ExponentialBackOffPolicy exponential(ReconnectSettings settings, Sleeper sleeper) {
		ExponentialBackOffPolicy policy = new ExponentialBackOffPolicy();
		policy.setInitialInterval(settings.initialDelay().toNanos());
		policy.setMaxInterval(settings.maxDelay().toNanos());
		// the setter warns of 1, which is a valid constant delay
		policy.multiplierSupplier(settings::multiplier);
		// withSleeper would copy the policy by its setters
		policy.setSleeper(sleeper);
		return policy;
	}

	private static Throwable failure(ReconnectSeries series, DisconnectCause cause) {
		Throwable result = new WebSocketConnectException(series.getClientName(), ConnectionState.BACKING_OFF, cause);
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
