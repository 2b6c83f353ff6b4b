package io.github.resilientws;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Told of everything that happens to a client: events, meters and logs are its
 * implementations. All calls but {@link #deliveryEnded} and {@link #messageHandled} come
 * from the client's event lane, one at a time and in order; none is made under a lock or
 * on a transport thread. What an observer throws is logged and otherwise ignored.
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
	 * A connection that was connected ended.
	 * @param client name of the client
	 * @param cause why
	 */
	default void disconnected(String client, DisconnectCause cause) {
	}

	/**
	 * The next attempt is scheduled.
	 * @param client name of the client
	 * @param attempt number of the attempt that will follow
	 * @param delay time until then
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
	 * @param roundTrip time from beat to answer
	 */
	default void heartbeatAnswered(String client, Duration roundTrip) {
	}

	/**
	 * A heartbeat was missed.
	 * @param client name of the client
	 * @param missed number missed in a row
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
	 * A durable store was read.
	 * @param client name of the client
	 * @param messages number of messages that an earlier run accepted and that are to be
	 * sent
	 * @param deadLetters number of dead letters
	 */
	default void recovered(String client, int messages, int deadLetters) {
	}

	/**
	 * A message was given up though its arrival is uncertain.
	 * @param client name of the client
	 * @param letter the message
	 */
	default void deadLettered(String client, DeadLetter letter) {
	}

	/**
	 * A message that was admitted is finished. Called on the delivery lane.
	 * @param client name of the client
	 * @param success whether it was delivered
	 * @param elapsed time since {@code send}
	 */
	default void deliveryEnded(String client, boolean success, Duration elapsed) {
	}

	/**
	 * The listeners handled a message. Called on the listener lane.
	 * @param client name of the client
	 * @param success whether none of them failed
	 * @param elapsed time that they took
	 */
	default void messageHandled(String client, boolean success, Duration elapsed) {
	}

}
