package io.github.resilientws.internal.admission;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Stores unfinished messages, so that they survive a restart of the application. May be
 * called by any thread.
 */
public interface MessagePersistence {

	/** Stores nothing. */
	MessagePersistence NONE = new MessagePersistence() {

		@Override
		public void load() {
		}

		@Override
		public void append(OutboxEntry entry) {
		}

		@Override
		public void remove(Collection<OutboxEntry> entries) {
		}

		@Override
		public void end(OutboxEntry entry, Failure failure, Outcome outcome) {
			outcome.ended();
		}

	};

	/**
	 * Make sure that the messages of earlier runs are in the outbox, so that their ids
	 * are known. Blocks until they are read.
	 * @throws IOException if they cannot be read
	 */
	void load() throws IOException;

	/**
	 * Store a message. Blocks until it is committed.
	 * @param entry the message
	 * @throws IOException if it is not stored
	 */
	void append(OutboxEntry entry) throws IOException;

	/**
	 * Remove messages that were delivered. Does not block.
	 * @param entries the messages; those that are not stored are ignored
	 */
	void remove(Collection<OutboxEntry> entries);

	/**
	 * End a message that was not delivered, and that has left the outbox. Does not block.
	 * @param entry the message
	 * @param failure why it ended
	 * @param outcome receives whether that took effect, on any thread
	 */
	void end(OutboxEntry entry, Failure failure, Outcome outcome);

	/**
	 * Return how many messages have left the outbox while the store still has them.
	 * @return number of messages, which count as in flight
	 */
	default int unremoved() {
		return 0;
	}

	/**
	 * Remove a message. Does not block.
	 * @param entry the message
	 */
	default void remove(OutboxEntry entry) {
		if (entry.isStored()) {
			remove(List.of(entry));
		}
	}

	/**
	 * Why a message was not delivered.
	 *
	 * @param reason the reason
	 * @param deadLetter why it is a dead letter, or {@code null} if it is none
	 * @param detail explanation for a reader
	 */
	record Failure(Reason reason, DeadLetter.@Nullable Cause deadLetter, String detail) {

	}

	/**
	 * Receives whether the end of a message took effect.
	 */
	interface Outcome {

		/** The message has ended. */
		void ended();

		/** The message remains, and will be sent later. */
		void remains();

	}

}
