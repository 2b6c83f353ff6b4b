package io.github.resilientws.reconnect;

import java.time.Duration;

/**
 * What follows a loss or a failed attempt.
 */
public sealed interface ReconnectDecision {

	/**
	 * Try again later.
	 *
	 * @param delay time until the next attempt; less than nothing is nothing, more than a
	 * year is a year
	 */
	record Retry(Duration delay) implements ReconnectDecision {

		private static final Duration MAX = Duration.ofDays(365);

		/**
		 * Limits the delay.
		 * @param delay time until the next attempt; less than nothing is nothing, more
		 * than a year is a year
		 */
		public Retry(Duration delay) {
			this.delay = delay.isNegative() ? Duration.ZERO : (delay.compareTo(MAX) > 0) ? MAX : delay;
		}

	}

	/**
	 * Try again at once with what the customizer now supplies.
	 */
	record Refresh() implements ReconnectDecision {

	}

	/**
	 * Give up.
	 */
	record Stop() implements ReconnectDecision {

	}

}
