package io.github.resilientws.internal.delivery;

/**
 * Stores dead letters, so that they survive a restart of the application. May be called
 * by any thread; does not block.
 */
public interface DeadLetterPersistence {

	/** Stores nothing. */
	DeadLetterPersistence NONE = new DeadLetterPersistence() {

		@Override
		public void replace(DeadLetterEntry letter) {
		}

		@Override
		public boolean remove(DeadLetterEntry letter) {
			return true;
		}

	};

	/**
	 * Replace the stored message by its dead letter. If that fails, the message remains
	 * stored.
	 * @param letter the dead letter
	 */
	void replace(DeadLetterEntry letter);

	/**
	 * Remove a dead letter.
	 * @param letter the dead letter
	 * @return {@code false} if the store is closed and still holds it
	 */
	boolean remove(DeadLetterEntry letter);

}
