package io.github.resilientws.internal.outbox;

import java.util.List;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.MessageRefusedException;

/**
 * Handles the results of writes and decides when a message counts as delivered. Confined
 * to the client's executor.
 */
public interface DeliveryMode {

	/**
	 * Return how many messages may be in flight.
	 * @return largest number of messages
	 */
	int window();

	/**
	 * Monitor the messages of a connection.
	 * @param liveness liveness of its peer
	 * @return the monitor, which ends with {@link #onConnectionReleased()}
	 */
	DeliveryMonitor monitor(PeerLiveness liveness);

	/**
	 * The result of a write is known.
	 * @param batch the messages that were handed over, in order
	 * @param written how many of them were handed to the operating system
	 * @param started how many of them may have been handed over
	 * @param current whether messages still go to their connection
	 */
	void onWriteCompleted(List<OutboxEntry> batch, int written, int started, boolean current);

	/**
	 * A message cannot be encoded for the connection, so no byte of it was sent over it.
	 * @param entry the message, in flight
	 * @param refusal why
	 */
	void onRefused(OutboxEntry entry, MessageRefusedException refusal);

	/** Complete the futures of messages whose acknowledgements are known. */
	default void completeAcknowledged() {
	}

	/** Messages are no longer sent over the current connection. */
	default void onConnectionReleased() {
	}

	/** That connection was lost. */
	default void onConnectionLost() {
	}

}
