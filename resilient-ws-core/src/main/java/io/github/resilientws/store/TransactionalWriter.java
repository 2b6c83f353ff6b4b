package io.github.resilientws.store;

import java.util.concurrent.CompletableFuture;

/**
 * Appends messages in the transaction of the calling thread.
 *
 * @since 0.1
 */
public interface TransactionalWriter {

	/**
	 * Return whether the calling thread is in a transaction of the store.
	 * @return the participation of the store in the transaction
	 */
	Participation getParticipation();

	/**
	 * Keep a message exactly if the transaction of the calling thread is committed.
	 * @param message the message
	 * @return completes after the commit with the position of the message, or with 0 if
	 * an unfinished message has its id. Fails with a {@link RolledBackException} if the
	 * transaction is rolled back, wholly or to a savepoint before the message. Stays open
	 * while it is not known whether the transaction was committed
	 * @throws IllegalStateException if the participation is not {@code JOINED}
	 */
	CompletableFuture<Long> append(OutboxRecord message);

	/**
	 * Whether messages of the calling thread are part of its transaction.
	 */
	enum Participation {

		/** No transaction is active. */
		NONE,

		/** Messages are part of the active transaction. */
		JOINED,

		/** The active transaction is read-only, so that it cannot keep messages. */
		READ_ONLY,

		/** The active transaction does not cover the store. */
		NOT_COVERED

	}

	/**
	 * The transaction of a message was rolled back.
	 */
	final class RolledBackException extends Exception {

		/** Create an exception, without a stack trace. */
		public RolledBackException() {
			super("the transaction was rolled back", null, false, false);
		}

	}

}
