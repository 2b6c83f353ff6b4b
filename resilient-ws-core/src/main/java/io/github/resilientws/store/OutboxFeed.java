package io.github.resilientws.store;

import java.util.List;

/**
 * Reads the messages of a line for its owner, as many as were requested. May be used by
 * any thread; does not block.
 *
 * @since 0.1
 */
public interface OutboxFeed {

	/**
	 * Request more messages. Messages that this instance appends may be passed without a
	 * request; later requests make up for them first.
	 * @param count how many, in addition to those that were requested before
	 */
	void request(int count);

	/**
	 * Read no more messages. One call of the sink may still follow.
	 */
	void close();

	/**
	 * Receives messages, one call at a time, on a thread of the store.
	 */
	@FunctionalInterface
	interface Sink {

		/**
		 * Receive messages.
		 * @param messages the messages, in the order in which they are to be sent.
		 * Messages that this instance has appended may come in addition to the requested
		 * ones
		 */
		void accept(List<StoredMessage> messages);

	}

	/**
	 * A message that is to be sent.
	 *
	 * @param position its position
	 * @param message the message
	 * @param own whether this store object appended it
	 * @param perhapsSent whether an earlier owner may have sent it
	 */
	record StoredMessage(long position, OutboxRecord message, boolean own, boolean perhapsSent) {

	}

}
