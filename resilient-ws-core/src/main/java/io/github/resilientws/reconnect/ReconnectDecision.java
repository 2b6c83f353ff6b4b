package io.github.resilientws.reconnect;

import java.time.Duration;

/**
 * What follows a loss or a failed attempt.
 */
public sealed interface ReconnectDecision {

	/**
	 * Try again later.
	 *
	 * @param delay time until the next attempt
	 */
	record Retry(Duration delay) implements ReconnectDecision {

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
