package io.github.resilientws.internal.lifecycle;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.reconnect.ReconnectDecision;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.reconnect.ReconnectSeries;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Determines time and URL of the next attempt: maintains the present series of attempts
 * and calls the {@link ReconnectPolicy}. If the policy throws, the longest delay applies.
 * Confined to the client's executor.
 */
public final class ReconnectSchedule {

	private static final Log logger = LogFactory.getLog(ReconnectSchedule.class);

	private final ClientSettings settings;

	private final ReconnectPolicy policy;

	private final SerialExecutor executor;

	private final boolean customized;

	private ReconnectSeries series;

	private @Nullable Long firstLossNanos;

	private @Nullable Long lastRefreshNanos;

	private int urlIndex;

	/**
	 * Create the schedule of a client.
	 * @param settings the settings
	 * @param policy decides after each failed attempt or lost connection
	 * @param executor the client's executor
	 * @param customized whether a customizer can change URL, headers or values of the
	 * next attempt
	 */
	public ReconnectSchedule(ClientSettings settings, ReconnectPolicy policy, SerialExecutor executor,
			boolean customized) {
		this.settings = settings;
		this.policy = policy;
		this.executor = executor;
		this.customized = customized;
		this.series = new ReconnectSeries(settings.name(), customized);
	}

	/** The client starts, or was ready for {@code reset-after}: a new series begins. */
	void reset() {
		this.series = new ReconnectSeries(this.settings.name(), this.customized);
		this.firstLossNanos = null;
	}

	int attempts() {
		return this.series.getAttempts();
	}

	int nextAttempt() {
		return this.series.nextAttempt();
	}

	/**
	 * Return whether the series has neither an attempt nor a loss yet.
	 * @return whether the next attempt is the first since the start
	 */
	boolean isFirstAttempt() {
		return this.series.getAttempts() == 0 && this.firstLossNanos == null;
	}

	@Nullable URI url() {
		List<URI> urls = this.settings.urls();
		return urls.isEmpty() ? null : urls.get(Math.floorMod(this.urlIndex, urls.size()));
	}

	/** Use the next URL for the next attempt. */
	void useNextUrl() {
		this.urlIndex++;
	}

	/**
	 * Return the delay until the next attempt.
	 * @param cause why the last connection or attempt ended
	 * @param action action that a session step or a message requires, or {@code null}
	 * @return the delay, or {@code null} to give up
	 */
	@Nullable Duration delayAfter(DisconnectCause cause, @Nullable ReconnectAction action) {
		long now = this.executor.nanoTime();
		if (this.firstLossNanos == null) {
			this.firstLossNanos = now;
		}
		this.series.ended(Duration.ofNanos(now - this.firstLossNanos), action);
		ReconnectDecision decision = decide(cause);
		if (decision instanceof ReconnectDecision.Retry retry) {
			return retry.delay();
		}
		return (decision instanceof ReconnectDecision.Refresh) ? delayOfRefresh() : null;
	}

	/**
	 * Return whether the last end resets the session.
	 * @return whether to forget the session
	 */
	boolean isSessionReset() {
		return this.series.isSessionReset();
	}

	private ReconnectDecision decide(DisconnectCause cause) {
		try {
			ReconnectDecision decision = this.policy.next(this.series, cause);
			Assert.notNull(decision, "a reconnect policy must not return null");
			return decision;
		}
		catch (Throwable ex) {
			logger.warn("[" + this.settings.name() + "] reconnect policy failed: " + FailureDescription.describe(ex));
			return new ReconnectDecision.Retry(this.settings.reconnect().maxDelay());
		}
	}

	// at once, but not repeatedly when a short reset-after ends each series
	private Duration delayOfRefresh() {
		long now = this.executor.nanoTime();
		long floor = this.settings.reconnect().initialDelay().toNanos();
		long delay = (this.lastRefreshNanos != null) ? Math.max(0, this.lastRefreshNanos + floor - now) : 0;
		this.lastRefreshNanos = now + delay;
		return Duration.ofNanos(delay);
	}

}
