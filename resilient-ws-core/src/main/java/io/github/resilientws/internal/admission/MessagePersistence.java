package io.github.resilientws.internal.admission;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

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
	 * Remove messages. Does not block.
	 * @param entries the messages; those that are not stored are ignored
	 */
	void remove(Collection<OutboxEntry> entries);

	/**
	 * Remove a message. Does not block.
	 * @param entry the message
	 */
	default void remove(OutboxEntry entry) {
		if (entry.isStored()) {
			remove(List.of(entry));
		}
	}

}
