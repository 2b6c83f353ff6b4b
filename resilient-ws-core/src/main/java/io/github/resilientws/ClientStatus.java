package io.github.resilientws;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a client stands: one consistent picture.
 *
 * @param state its state
 * @param since when it entered the state
 * @param outageSince when the present outage began, or {@code null} when there is none
 * @param attempts attempts of the present series
 * @param lastCause why the last connection or attempt ended, or {@code null}
 * @param nextAttempt when the next attempt is due, or {@code null}
 * @param transitions the last 20 transitions, newest last
 */
public record ClientStatus(ConnectionState state, Instant since, @Nullable Instant outageSince, int attempts,
		@Nullable DisconnectCause lastCause, @Nullable Instant nextAttempt, List<Transition> transitions) {

	/**
	 * One change of state. It holds words instead of a {@link DisconnectCause}, so that
	 * the history of a client does not keep exceptions and headers.
	 *
	 * @param at time of the change
	 * @param from state before
	 * @param to state after
	 * @param cause {@linkplain DisconnectCause#describe() description} of the cause, or
	 * {@code null}
	 */
	public record Transition(Instant at, ConnectionState from, ConnectionState to, @Nullable String cause) {

	}

}
