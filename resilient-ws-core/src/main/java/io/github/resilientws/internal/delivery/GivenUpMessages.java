package io.github.resilientws.internal.delivery;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.internal.admission.OutboxEntry;

/**
 * The messages that were given up, as the client's executor uses them.
 */
public interface GivenUpMessages {

	/** Messages are sent at most once. */
	GivenUpMessages NONE = new GivenUpMessages() {

		@Override
		public void add(OutboxEntry entry, DeadLetter.Cause cause) {
			throw new IllegalStateException("messages are sent at most once");
		}

		@Override
		public boolean remove(String id) {
			return false;
		}

		@Override
		public int size() {
			return 0;
		}

	};

	/**
	 * Add a message that was given up. Called by any thread.
	 * @param entry the message
	 * @param cause the cause
	 */
	void add(OutboxEntry entry, DeadLetter.Cause cause);

	/**
	 * Remove a message, because its acknowledgement arrived late.
	 * @param id id of the message
	 * @return whether it existed
	 */
	boolean remove(String id);

	/**
	 * Return how many there are. May be called by any thread.
	 * @return number of messages
	 */
	int size();

}
