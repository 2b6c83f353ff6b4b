package io.github.resilientws.internal.outbox;

import java.util.List;

/**
 * What follows from what became of writes. Confined to the client's executor.
 */
public interface DeliveryMode {

	/**
	 * The fate of a write is known.
	 * @param batch the messages that were handed over, in order
	 * @param written how many of them were handed to the operating system
	 * @param started how many may have been
	 * @param current whether their connection is still the one that messages go to
	 */
	void settled(List<OutboxEntry> batch, int written, int started, boolean current);

	/** Tell senders what is known. */
	default void tell() {
	}

	/** The connection that messages went to is not used for them any more. */
	default void released() {
	}

	/** That connection was lost. */
	default void lost() {
	}

}
