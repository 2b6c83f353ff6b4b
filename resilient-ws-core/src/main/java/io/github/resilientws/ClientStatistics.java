package io.github.resilientws;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Live figures of a client. Each getter reads the present value and may be called from
 * any thread. Counters start at zero when the client is created.
 *
 * @since 0.1
 */
public interface ClientStatistics {

	/**
	 * Return the messages handed to a transport, resends included; heartbeats, session
	 * steps and auto-replies do not count.
	 * @return the number since the client was created
	 */
	long getMessagesSent();

	/**
	 * Return the resends: messages handed to a transport again.
	 * @return the number since the client was created
	 */
	default long getMessagesResent() {
		return 0;
	}

	/**
	 * Return the number of dead letters.
	 * @return their number
	 */
	default int getDeadLetterCount() {
		return 0;
	}

	/**
	 * Return the messages passed to listeners.
	 * @return the number since the client was created
	 */
	long getMessagesReceived();

	/**
	 * Return the messages that ended with the given reason.
	 * @param reason {@code REJECTED}, {@code DROPPED} or {@code EXPIRED}
	 * @return the number since the client was created
	 */
	long getMessagesDropped(WebSocketDeliveryException.Reason reason);

	/**
	 * Return the size of the outbox.
	 * @return messages accepted and not yet finished
	 */
	int getQueueSize();

	/**
	 * Return the bytes in the outbox.
	 * @return sum of the payloads
	 */
	long getQueueBytes();

	/**
	 * Return how long the oldest message has been in the outbox.
	 * @return the time since it was sent; zero if the outbox is empty
	 */
	Duration getQueueAge();

	/**
	 * Return the number of messages in flight.
	 * @return messages handed to a transport and not yet finished
	 */
	int getInFlight();

	/**
	 * Return the number of requests that were sent and have no reply yet.
	 * @return number of requests
	 */
	default int getPendingRequests() {
		return 0;
	}

	/**
	 * Return the number of subscriptions that are confirmed on the present connection.
	 * @return number of subscriptions
	 */
	default int getActiveSubscriptions() {
		return 0;
	}

	/**
	 * Return the number of subscriptions that wait for a connection or a confirmation.
	 * @return number of subscriptions
	 */
	default int getPendingSubscriptions() {
		return 0;
	}

	/**
	 * Return the size of the inbound buffer.
	 * @return messages that wait for listeners
	 */
	int getInboundQueueSize();

	/**
	 * Return the time since the last byte was received.
	 * @return the time; zero before the first byte
	 */
	Duration getLastReceivedAge();

	/**
	 * Return the missed heartbeats.
	 * @return the number since the client was created
	 */
	long getHeartbeatsMissed();

	/**
	 * Describe the problem of the durable store.
	 * @return a sentence for logs and health, or {@code null} if the store works or the
	 * client has none
	 */
	default @Nullable String getStoreProblem() {
		return null;
	}

	/**
	 * Return how many messages were acknowledged, or ended, while the shared store still
	 * has them. They count as in flight.
	 * @return number of messages; 0 without a shared store
	 */
	default int getUnremovedMessages() {
		return 0;
	}

	/**
	 * Return how many messages of the shared store this version of the library cannot
	 * read. They remain stored.
	 * @return number of messages; 0 if this instance does not own the line
	 */
	default int getUnreadMessages() {
		return 0;
	}

}
