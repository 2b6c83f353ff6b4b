package io.github.resilientws.internal.connection;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.reconnect.ReconnectDecision;
import io.github.resilientws.reconnect.ReconnectSeries;

/**
 * Asks the reconnect policy of a client, and contains what it may do wrong. Confined to
 * the client's executor.
 */
final class ReconnectAdvice {

	private static final Log logger = LogFactory.getLog(ReconnectAdvice.class);

	private final ConnectionContext parts;

	private @Nullable Long lastRefreshNanos;

	ReconnectAdvice(ConnectionContext parts) {
		this.parts = parts;
	}

	/**
	 * Ask how long to wait.
	 * @param series the present series of attempts
	 * @param cause why the last connection or attempt ended
	 * @return time until the next attempt, or {@code null} to give up
	 */
	@Nullable Duration waitAfter(ReconnectSeries series, DisconnectCause cause) {
		ReconnectDecision decision = ask(series, cause);
		if (decision instanceof ReconnectDecision.Retry retry) {
			return retry.delay();
		}
		return (decision instanceof ReconnectDecision.Refresh) ? untilRefreshIsDue() : null;
	}

	private ReconnectDecision ask(ReconnectSeries series, DisconnectCause cause) {
		try {
			ReconnectDecision decision = this.parts.policy().next(series, cause);
			Assert.notNull(decision, "a reconnect policy must not return null");
			return decision;
		}
		catch (Throwable ex) {
			logger.warn("[" + this.parts.settings().name() + "] reconnect policy failed: "
					+ FailureDescription.describe(ex));
			return new ReconnectDecision.Retry(this.parts.settings().reconnect().maxDelay());
		}
	}

	// at once, but not again and again when a short reset-after forgets each series
	private Duration untilRefreshIsDue() {
		long now = this.parts.executor().nanoTime();
		long floor = this.parts.settings().reconnect().initialDelay().toNanos();
		long wait = (this.lastRefreshNanos != null) ? Math.max(0, this.lastRefreshNanos + floor - now) : 0;
		this.lastRefreshNanos = now + wait;
		return Duration.ofNanos(wait);
	}

}
