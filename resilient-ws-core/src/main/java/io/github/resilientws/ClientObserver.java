package io.github.resilientws;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Receives everything that happens to a client. Events, meters and logs are its
 * implementations. A client calls its observers in order, one call at a time, on a
 * callback thread; the exceptions are {@link #deliveryEnded} and {@link #messageHandled},
 * which name their own thread. No call is made under a lock or on a transport thread. An
 * exception thrown by an observer is logged and otherwise ignored.
 *
 * @since 0.1
 */
public interface ClientObserver {

	/**
	 * The client changed its state.
	 * @param client name of the client
	 * @param from state before
	 * @param to state after
	 * @param cause why, or {@code null}
	 */
	default void stateChanged(String client, ConnectionState from, ConnectionState to,
			@Nullable DisconnectCause cause) {
	}

	/**
	 * This instance gained, handed over or lost the line of the client
	 * ({@code cluster.mode: one}).
	 * @param client name of the client
	 * @param change what happened
	 * @param fence number of the ownership; 0 if the election has none
	 * @param reason why the line was lost, in a few words; {@code null} if it was not
	 * lost, or the election does not say
	 */
	default void ownershipChanged(String client, OwnershipChange change, long fence, @Nullable String reason) {
	}

	/**
	 * An attempt begins.
	 * @param client name of the client
	 * @param attempt its number, from 1, in the series
	 */
	default void connecting(String client, int attempt) {
	}

	/**
	 * An attempt ended, with or without a handshake.
	 * @param client name of the client
	 * @param failure why it failed, or {@code null} if the handshake was done
	 * @param elapsed length of the attempt
	 */
	default void attemptEnded(String client, @Nullable DisconnectCause failure, Duration elapsed) {
	}

	/**
	 * The opening handshake is done.
	 * @param client name of the client
	 * @param responseHeaders headers of the server's answer, names in any case; they may
	 * hold session ids, so do not log them
	 */
	default void connected(String client, Map<String, List<String>> responseHeaders) {
	}

	/**
	 * The client is ready.
	 * @param client name of the client
	 * @param outage time since it was last ready, or since its start
	 */
	default void ready(String client, Duration outage) {
	}

	/**
	 * A connection whose handshake was done has ended.
	 * @param client name of the client
	 * @param cause why
	 */
	default void disconnected(String client, DisconnectCause cause) {
	}

	/**
	 * The next attempt is scheduled.
	 * @param client name of the client
	 * @param attempt number of the attempt that will follow
	 * @param delay time until that attempt
	 * @param cause why the last attempt or connection ended
	 */
	default void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
	}

	/**
	 * The client gave up.
	 * @param client name of the client
	 * @param attempts attempts of the series
	 * @param cause why the last attempt or connection ended
	 */
	default void reconnectFailed(String client, int attempts, DisconnectCause cause) {
	}

	/**
	 * The client was closed by the application.
	 * @param client name of the client
	 */
	default void closed(String client) {
	}

	/**
	 * A heartbeat was answered.
	 * @param client name of the client
	 * @param roundTrip time from the heartbeat to its answer
	 */
	default void heartbeatAnswered(String client, Duration roundTrip) {
	}

	/**
	 * A heartbeat was missed.
	 * @param client name of the client
	 * @param missed number of heartbeats missed in a row
	 */
	default void heartbeatMissed(String client, int missed) {
	}

	/**
	 * A message was rejected, dropped, or expired.
	 * @param client name of the client
	 * @param messageId id of the message
	 * @param reason {@code REJECTED}, {@code DROPPED} or {@code EXPIRED}
	 */
	default void messageDropped(String client, String messageId, Reason reason) {
	}

	/**
	 * The messages of a durable store were loaded.
	 * @param client name of the client
	 * @param messages number of messages that an earlier run accepted and this one will
	 * send
	 * @param deadLetters number of dead letters
	 */
	default void recovered(String client, int messages, int deadLetters) {
	}

	/**
	 * A message became a dead letter: the client gave it up although its arrival is
	 * uncertain.
	 * @param client name of the client
	 * @param letter the message
	 */
	default void deadLettered(String client, DeadLetter letter) {
	}

	/**
	 * A message that the outbox accepted is finished. Called on the callback thread that
	 * then completes the message's future.
	 * @param client name of the client
	 * @param success whether it was delivered
	 * @param elapsed time since {@code send}
	 */
	default void deliveryEnded(String client, boolean success, Duration elapsed) {
	}

	/**
	 * A request has ended.
	 * @param client name of the client
	 * @param outcome how it ended
	 * @param elapsed time since the call
	 */
	default void requestEnded(String client, RequestOutcome outcome, Duration elapsed) {
	}

	/**
	 * A question of the server has ended.
	 * @param client name of the client
	 * @param outcome how it ended
	 * @param elapsed time since its arrival
	 */
	default void questionEnded(String client, QuestionOutcome outcome, Duration elapsed) {
	}

	/**
	 * A subscription was refused, has ended, or was not confirmed in time.
	 * @param client name of the client
	 * @param destination its destination; it may hold a secret, so do not log it
	 * @param status what happened
	 * @param reply message of the server that refused or ended it, or {@code null}
	 */
	default void subscriptionChanged(String client, String destination, SubscriptionStatus status,
			@Nullable InboundMessage reply) {
	}

	/**
	 * The listeners handled a message. Called on the callback thread of the listeners.
	 * @param client name of the client
	 * @param success whether every listener returned without an exception
	 * @param elapsed time that the listeners took
	 */
	default void messageHandled(String client, boolean success, Duration elapsed) {
	}

}
