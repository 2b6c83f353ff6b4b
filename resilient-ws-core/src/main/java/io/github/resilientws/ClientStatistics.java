package io.github.resilientws;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Live figures of a client. Every getter reads the present value and may be called from
 * any thread.
 */
public interface ClientStatistics {

	/**
	 * Return the data frames handed to a transport, resends included.
	 * @return the number since the client was made
	 */
	long getMessagesSent();

	/**
	 * Return the data frames handed to a transport more than once.
	 * @return the number since the client was made
	 */
	default long getMessagesResent() {
		return 0;
	}

	/**
	 * Return the dead letters that are kept.
	 * @return their number
	 */
	default int getDeadLetterCount() {
		return 0;
	}

	/**
	 * Return the frames passed to listeners.
	 * @return the number since the client was made
	 */
	long getMessagesReceived();

	/**
	 * Return the messages that ended with the given reason.
	 * @param reason {@code REJECTED}, {@code DROPPED} or {@code EXPIRED}
	 * @return the number since the client was made
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
	 * @return its age; zero if the outbox is empty
	 */
	Duration getQueueAge();

	/**
	 * Return the messages handed to a transport and not yet finished.
	 * @return their number
	 */
	int getInFlight();

	/**
	 * Return the messages waiting for listeners.
	 * @return their number
	 */
	int getInboundQueueSize();

	/**
	 * Return the time since the last byte was received.
	 * @return the age; zero if nothing was ever received
	 */
	Duration getLastReceivedAge();

	/**
	 * Return the heartbeats missed.
	 * @return the number since the client was made
	 */
	long getHeartbeatsMissed();

	/**
	 * Return what is wrong with the durable store.
	 * @return a sentence for a reader, or {@code null} if all is well or nothing is
	 * stored
	 */
	default @Nullable String getStoreProblem() {
		return null;
	}

}
