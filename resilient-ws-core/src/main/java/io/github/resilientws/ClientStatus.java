package io.github.resilientws;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * State and history of a client, as one consistent snapshot.
 *
 * @param state its state
 * @param since time at which it entered the state
 * @param outageSince begin of the present outage, or {@code null} without one
 * @param attempts attempts of the present series
 * @param lastCause cause of the end of the last connection or attempt, or {@code null}
 * @param nextAttempt time of the next attempt, or {@code null}
 * @param transitions the last 20 transitions, newest last
 * @since 0.1
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
