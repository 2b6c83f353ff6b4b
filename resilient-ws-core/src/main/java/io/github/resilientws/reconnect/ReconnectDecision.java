package io.github.resilientws.reconnect;

import java.time.Duration;

/**
 * Decision of a policy after a loss or a failed attempt.
 *
 * @since 0.1
 */
public sealed interface ReconnectDecision {

	/**
	 * Try again later.
	 *
	 * @param delay time until the next attempt; a negative one becomes zero, one of more
	 * than a year becomes a year
	 */
	record Retry(Duration delay) implements ReconnectDecision {

		private static final Duration MAX = Duration.ofDays(365);

		/**
		 * Limits the delay.
		 * @param delay time until the next attempt; a negative one becomes zero, one of
		 * more than a year becomes a year
		 */
		public Retry(Duration delay) {
			this.delay = delay.isNegative() ? Duration.ZERO : (delay.compareTo(MAX) > 0) ? MAX : delay;
		}

	}

	/**
	 * Try again at once; the handshake customizer supplies fresh values.
	 */
	record Refresh() implements ReconnectDecision {

	}

	/**
	 * Give up.
	 */
	record Stop() implements ReconnectDecision {

	}

}
