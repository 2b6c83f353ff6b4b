package io.github.resilientws.reconnect;

import io.github.resilientws.DisconnectCause;

/**
 * Decides whether, when and how a client connects again after a loss or a failed attempt.
 * One policy may serve many clients: it keeps its memory of a series of attempts in the
 * {@link ReconnectSeries}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReconnectPolicy {

	/**
	 * Decide. Called on the client's executor; must not block.
	 * @param series the present series of attempts
	 * @param cause why the last connection or attempt ended
	 * @return the decision
	 */
	ReconnectDecision next(ReconnectSeries series, DisconnectCause cause);

}
