package io.github.resilientws.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a client reconnects. The n-th wait of a series, from 0, is
 * {@code min(initialDelay * multiplier^n, maxDelay)}, then jitter.
 *
 * @param enabled whether to reconnect at all; otherwise one attempt is made, and any
 * failure or loss ends in {@code FAILED}
 * @param initialDelay first wait
 * @param multiplier growth from wait to wait, at least 1
 * @param maxDelay longest wait
 * @param jitter how waits are spread
 * @param maxAttempts attempts in a series; 0 for unlimited
 * @param maxElapsed time after the first loss of a series after which to give up; zero
 * for unlimited
 * @param resetAfter time of being ready that ends the memory of an outage
 * @param onClose actions by close code or range of codes, such as {@code 4000-4099}
 * @param onStatus actions by HTTP status, range, or class such as {@code 5xx}
 * @param maxRetryAfter longest {@code Retry-After} that is honoured
 */
public record ReconnectSettings(boolean enabled, Duration initialDelay, double multiplier, Duration maxDelay,
		Jitter jitter, int maxAttempts, Duration maxElapsed, Duration resetAfter, Map<String, ReconnectAction> onClose,
		Map<String, ReconnectAction> onStatus, Duration maxRetryAfter) {

	/** One second, growing by half up to 30 seconds, full jitter, for ever. */
	public static final ReconnectSettings DEFAULTS = new ReconnectSettings(true, Duration.ofSeconds(1), 1.5,
			Duration.ofSeconds(30), Jitter.FULL, 0, Duration.ZERO, Duration.ofSeconds(30), Map.of(), Map.of(),
			Duration.ofMinutes(5));

	/**
	 * Copies the maps.
	 * @param enabled whether to reconnect at all; otherwise one attempt is made, and any
	 * failure or loss ends in {@code FAILED}
	 * @param initialDelay first wait
	 * @param multiplier growth from wait to wait, at least 1
	 * @param maxDelay longest wait
	 * @param jitter how waits are spread
	 * @param maxAttempts attempts in a series; 0 for unlimited
	 * @param maxElapsed time after the first loss of a series after which to give up;
	 * zero for unlimited
	 * @param resetAfter time of being ready that ends the memory of an outage
	 * @param onClose actions by close code or range of codes, such as {@code 4000-4099}
	 * @param onStatus actions by HTTP status, range, or class such as {@code 5xx}
	 * @param maxRetryAfter longest {@code Retry-After} that is honoured
	 */
	public ReconnectSettings {
		onClose = Map.copyOf(onClose);
		onStatus = Map.copyOf(onStatus);
	}

	/**
	 * Return a copy that reconnects or not.
	 * @param enabled whether to reconnect at all
	 * @return the copy
	 */
	public ReconnectSettings withEnabled(boolean enabled) {
		return new ReconnectSettings(enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter);
	}

	/**
	 * Return a copy with the given back-off.
	 * @param initialDelay first wait
	 * @param multiplier growth from wait to wait, at least 1
	 * @param maxDelay longest wait
	 * @return the copy
	 */
	public ReconnectSettings withBackOff(Duration initialDelay, double multiplier, Duration maxDelay) {
		return new ReconnectSettings(this.enabled, initialDelay, multiplier, maxDelay, this.jitter, this.maxAttempts,
				this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter);
	}

	/**
	 * Return a copy with the given jitter.
	 * @param jitter how waits are spread
	 * @return the copy
	 */
	public ReconnectSettings withJitter(Jitter jitter) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter);
	}

	/**
	 * Return a copy with the given limits of a series.
	 * @param maxAttempts attempts in a series; 0 for unlimited
	 * @param maxElapsed time after the first loss; zero for unlimited
	 * @return the copy
	 */
	public ReconnectSettings withLimits(int maxAttempts, Duration maxElapsed) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				maxAttempts, maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter);
	}

	/**
	 * Return a copy with the given time after which an outage is forgotten.
	 * @param resetAfter time of being ready
	 * @return the copy
	 */
	public ReconnectSettings withResetAfter(Duration resetAfter) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, resetAfter, this.onClose, this.onStatus, this.maxRetryAfter);
	}

	/**
	 * Return a copy with a further action for close codes.
	 * @param codes a code or range of codes
	 * @param action what to do
	 * @return the copy
	 */
	public ReconnectSettings withOnClose(String codes, ReconnectAction action) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, with(this.onClose, codes, action), this.onStatus,
				this.maxRetryAfter);
	}

	/**
	 * Return a copy with a further action for statuses.
	 * @param statuses a status, range or class of statuses
	 * @param action what to do
	 * @return the copy
	 */
	public ReconnectSettings withOnStatus(String statuses, ReconnectAction action) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, with(this.onStatus, statuses, action),
				this.maxRetryAfter);
	}

	private static Map<String, ReconnectAction> with(Map<String, ReconnectAction> actions, String key,
			ReconnectAction action) {
		Map<String, ReconnectAction> result = new LinkedHashMap<>(actions);
		result.put(key, action);
		return result;
	}

	/**
	 * How waits are spread, so that many clients do not come back at the same moment.
	 */
	public enum Jitter {

		/** Uniformly between zero and the computed wait. */
		FULL,

		/** Not at all. */
		NONE

	}

}
