package io.github.resilientws.sample.view;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;

/**
 * Figures of a client on the page.
 *
 * @param name its name
 * @param state its state
 * @param since time at which it entered the state
 * @param attempts attempts of the present series
 * @param nextAttempt time of the next attempt, or {@code null}
 * @param lastCause cause of the end of the last connection or attempt, or {@code null}
 * @param roundTripMillis round trip of the last heartbeat, or {@code null}
 * @param queueSize messages in the outbox
 * @param queueBytes bytes in the outbox
 * @param inFlight messages in flight
 * @param inboundQueueSize messages waiting for listeners
 * @param sent messages sent
 * @param received messages received
 * @param dropped messages rejected, dropped or expired
 * @param delivered messages delivered: acknowledged, if the server acknowledges
 * @param resent messages sent again
 * @param dead dead letters
 * @param activeSubscriptions subscriptions that are confirmed on the present connection
 * @param pendingSubscriptions subscriptions that wait for a connection
 * @param problem problem of its store, or {@code null}
 */
record ClientView(String name, ConnectionState state, Instant since, int attempts, @Nullable Instant nextAttempt,
		@Nullable String lastCause, @Nullable Double roundTripMillis, int queueSize, long queueBytes, int inFlight,
		int inboundQueueSize, long sent, long received, long dropped, long delivered, long resent, int dead,
		int activeSubscriptions, int pendingSubscriptions, @Nullable String problem) {

}
