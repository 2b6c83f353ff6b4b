package io.github.resilientws.reconnect;

import io.github.resilientws.DisconnectCause;

/**
 * Decides what follows a loss or a failed attempt. One policy may serve many clients:
 * what it has to remember of a series of attempts it keeps in the
 * {@link ReconnectSeries}.
 */
@FunctionalInterface
public interface ReconnectPolicy {

	/**
	 * Decide. Called on the client's executor; must not block.
	 * @param outage the present series of attempts
	 * @param cause why the last connection or attempt ended
	 * @return what to do
	 */
	ReconnectDecision next(ReconnectSeries outage, DisconnectCause cause);

}
