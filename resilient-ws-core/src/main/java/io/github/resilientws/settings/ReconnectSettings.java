package io.github.resilientws.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Settings for reconnecting. The n-th delay of a series, from 0, is
 * {@code min(initialDelay * multiplier^n, maxDelay)}, then jitter.
 *
 * @param enabled whether to reconnect at all; otherwise one attempt is made, and any
 * failure or loss ends in {@code FAILED}; by default true
 * @param initialDelay first delay; by default 1 second
 * @param multiplier growth per delay, at least 1; by default 1.5
 * @param maxDelay longest delay; by default 30 seconds
 * @param jitter spread of the delays; by default {@code FULL}
 * @param maxAttempts attempts in a series; 0 for unlimited; by default 0
 * @param maxElapsed time after the first loss of a series after which to give up; zero
 * for unlimited; by default zero
 * @param resetAfter time in {@code READY} after which the series of attempts ends; by
 * default 30 seconds
 * @param onClose actions by close code or range of codes, such as {@code 4000-4099}; by
 * default none
 * @param onStatus actions by HTTP status, range, or class such as {@code 5xx}; by default
 * none
 * @param maxRetryAfter longest {@code Retry-After} that is honoured; by default 5 minutes
 * @param onMessage actions by messages of the server; by default none
 * @param closeCode close code with which the client closes a connection that it is about
 * to replace: for {@code onMessage} and for {@code reconnect()}; by default 1000
 * @since 0.1
 */
public record ReconnectSettings(boolean enabled, Duration initialDelay, double multiplier, Duration maxDelay,
		Jitter jitter, int maxAttempts, Duration maxElapsed, Duration resetAfter, Map<String, ReconnectAction> onClose,
		Map<String, ReconnectAction> onStatus, Duration maxRetryAfter, List<OnMessage> onMessage, int closeCode) {

	private static final int NORMAL_CLOSURE = 1000;

	/** One second, growing by half up to 30 seconds, full jitter, without an end. */
	public static final ReconnectSettings DEFAULTS = new ReconnectSettings(true, Duration.ofSeconds(1), 1.5,
			Duration.ofSeconds(30), Jitter.FULL, 0, Duration.ZERO, Duration.ofSeconds(30), Map.of(), Map.of(),
			Duration.ofMinutes(5), List.of(), NORMAL_CLOSURE);

	/**
	 * Copies the maps and the list.
	 * @param enabled whether to reconnect at all; otherwise one attempt is made, and any
	 * failure or loss ends in {@code FAILED}
	 * @param initialDelay first delay
	 * @param multiplier growth per delay, at least 1
	 * @param maxDelay longest delay
	 * @param jitter spread of the delays
	 * @param maxAttempts attempts in a series; 0 for unlimited
	 * @param maxElapsed time after the first loss of a series after which to give up;
	 * zero for unlimited
	 * @param resetAfter time in {@code READY} after which the series of attempts ends
	 * @param onClose actions by close code or range of codes, such as {@code 4000-4099}
	 * @param onStatus actions by HTTP status, range, or class such as {@code 5xx}
	 * @param maxRetryAfter longest {@code Retry-After} that is honoured
	 * @param onMessage actions by messages of the server
	 * @param closeCode close code of a connection that is about to be replaced
	 */
	public ReconnectSettings {
		onClose = Map.copyOf(onClose);
		onStatus = Map.copyOf(onStatus);
		onMessage = List.copyOf(onMessage);
	}

	/**
	 * Create settings without actions by messages, and with close code 1000.
	 * @param enabled whether to reconnect at all
	 * @param initialDelay first delay
	 * @param multiplier growth per delay, at least 1
	 * @param maxDelay longest delay
	 * @param jitter spread of the delays
	 * @param maxAttempts attempts in a series; 0 for unlimited
	 * @param maxElapsed time after the first loss of a series after which to give up
	 * @param resetAfter time in {@code READY} after which the series of attempts ends
	 * @param onClose actions by close code
	 * @param onStatus actions by HTTP status
	 * @param maxRetryAfter longest {@code Retry-After} that is honoured
	 */
	public ReconnectSettings(boolean enabled, Duration initialDelay, double multiplier, Duration maxDelay,
			Jitter jitter, int maxAttempts, Duration maxElapsed, Duration resetAfter,
			Map<String, ReconnectAction> onClose, Map<String, ReconnectAction> onStatus, Duration maxRetryAfter) {
		this(enabled, initialDelay, multiplier, maxDelay, jitter, maxAttempts, maxElapsed, resetAfter, onClose,
				onStatus, maxRetryAfter, List.of(), NORMAL_CLOSURE);
	}

	/**
	 * Return a copy with the given {@code enabled}.
	 * @param enabled whether to reconnect at all; otherwise one attempt is made, and any
	 * failure or loss ends in {@code FAILED}
	 * @return the copy
	 */
	public ReconnectSettings withEnabled(boolean enabled) {
		return new ReconnectSettings(enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code initial-delay}.
	 * @param initialDelay first delay
	 * @return the copy
	 */
	public ReconnectSettings withInitialDelay(Duration initialDelay) {
		return new ReconnectSettings(this.enabled, initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code multiplier}.
	 * @param multiplier growth per delay, at least 1
	 * @return the copy
	 */
	public ReconnectSettings withMultiplier(double multiplier) {
		return new ReconnectSettings(this.enabled, this.initialDelay, multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code max-delay}.
	 * @param maxDelay longest delay
	 * @return the copy
	 */
	public ReconnectSettings withMaxDelay(Duration maxDelay) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code jitter}.
	 * @param jitter spread of the delays
	 * @return the copy
	 */
	public ReconnectSettings withJitter(Jitter jitter) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code max-attempts}.
	 * @param maxAttempts attempts in a series; 0 for unlimited
	 * @return the copy
	 */
	public ReconnectSettings withMaxAttempts(int maxAttempts) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code max-elapsed}.
	 * @param maxElapsed time after the first loss of a series after which to give up;
	 * zero for unlimited
	 * @return the copy
	 */
	public ReconnectSettings withMaxElapsed(Duration maxElapsed) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code reset-after}.
	 * @param resetAfter time in {@code READY} after which the series of attempts ends
	 * @return the copy
	 */
	public ReconnectSettings withResetAfter(Duration resetAfter) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code on-close}.
	 * @param onClose actions by close code or range of codes, such as {@code 4000-4099}
	 * @return the copy
	 */
	public ReconnectSettings withOnClose(Map<String, ReconnectAction> onClose) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code on-status}.
	 * @param onStatus actions by HTTP status, range, or class such as {@code 5xx}
	 * @return the copy
	 */
	public ReconnectSettings withOnStatus(Map<String, ReconnectAction> onStatus) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, onStatus, this.maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code max-retry-after}.
	 * @param maxRetryAfter longest {@code Retry-After} that is honoured
	 * @return the copy
	 */
	public ReconnectSettings withMaxRetryAfter(Duration maxRetryAfter) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, maxRetryAfter,
				this.onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code on-message}.
	 * @param onMessage actions by messages of the server
	 * @return the copy
	 */
	public ReconnectSettings withOnMessage(List<OnMessage> onMessage) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				onMessage, this.closeCode);
	}

	/**
	 * Return a copy with the given {@code close-code}.
	 * @param closeCode close code of a connection that is about to be replaced
	 * @return the copy
	 */
	public ReconnectSettings withCloseCode(int closeCode) {
		return new ReconnectSettings(this.enabled, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.maxAttempts, this.maxElapsed, this.resetAfter, this.onClose, this.onStatus, this.maxRetryAfter,
				this.onMessage, closeCode);
	}

	/**
	 * Return a copy with the given back-off.
	 * @param initialDelay first delay
	 * @param multiplier growth per delay, at least 1
	 * @param maxDelay longest delay
	 * @return the copy
	 */
	public ReconnectSettings withBackOff(Duration initialDelay, double multiplier, Duration maxDelay) {
		return withInitialDelay(initialDelay).withMultiplier(multiplier).withMaxDelay(maxDelay);
	}

	/**
	 * Return a copy with the given limits of a series.
	 * @param maxAttempts attempts in a series; 0 for unlimited
	 * @param maxElapsed time after the first loss; zero for unlimited
	 * @return the copy
	 */
	public ReconnectSettings withLimits(int maxAttempts, Duration maxElapsed) {
		return withMaxAttempts(maxAttempts).withMaxElapsed(maxElapsed);
	}

	/**
	 * Return a copy with one more action for close codes.
	 * @param codes a code or range of codes
	 * @param action the action
	 * @return the copy
	 */
	public ReconnectSettings withOnClose(String codes, ReconnectAction action) {
		return withOnClose(with(this.onClose, codes, action));
	}

	/**
	 * Return a copy with one more action for statuses.
	 * @param statuses a status, range or class of statuses
	 * @param action the action
	 * @return the copy
	 */
	public ReconnectSettings withOnStatus(String statuses, ReconnectAction action) {
		return withOnStatus(with(this.onStatus, statuses, action));
	}

	private static Map<String, ReconnectAction> with(Map<String, ReconnectAction> actions, String key,
			ReconnectAction action) {
		Map<String, ReconnectAction> result = new LinkedHashMap<>(actions);
		result.put(key, action);
		return result;
	}

	/**
	 * A message of the server after which the client closes the connection.
	 *
	 * @param when matcher of the message, which listeners do not see
	 * @param action action of the client
	 */
	public record OnMessage(String when, ReconnectAction action) {

	}

	/**
	 * Spread of the delays, so that many clients do not come back at the same moment.
	 */
	public enum Jitter {

		/** A random delay, uniform between zero and the computed one. */
		FULL,

		/** The computed delay. */
		NONE;

		/**
		 * Spread a delay.
		 * @param nanos the computed delay, in nanoseconds
		 * @param random source of randomness
		 * @return the delay to use, in nanoseconds
		 */
		public long apply(long nanos, RandomGenerator random) {
			return (this == FULL) ? (long) (nanos * random.nextDouble()) : nanos;
		}

	}

}
