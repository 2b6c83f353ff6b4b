package io.github.resilientws.internal.delivery;

/**
 * Keeps dead letters, so that they survive the application. May be called by any thread;
 * does not block.
 */
public interface DeadLetterPersistence {

	/** Keeps nothing. */
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
	 * Keep a dead letter in place of the message that it was. If that fails, the message
	 * stays.
	 * @param letter the dead letter
	 */
	void replace(DeadLetterEntry letter);

	/**
	 * Forget a dead letter.
	 * @param letter the dead letter
	 * @return {@code false} if the store is closed, and keeps it
	 */
	boolean remove(DeadLetterEntry letter);

}
