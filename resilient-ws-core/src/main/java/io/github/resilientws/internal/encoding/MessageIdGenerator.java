package io.github.resilientws.internal.encoding;

/**
 * Generates ids for messages that were sent without one. May be called by any thread.
 */
public interface MessageIdGenerator {

	/**
	 * Return a new id.
	 * @return a {@code UUID}, a {@code String} or a {@code Long}; its text is the id
	 */
	Object next();

	/**
	 * Return a generator for the next ids, which one thread uses at once.
	 * @param count how many ids at most
	 * @return the generator
	 */
	default MessageIdGenerator block(int count) {
		return this;
	}

	/** Discard reserved ids: the store that reserves them was read again. */
	default void reset() {
	}

	/**
	 * Return whether no sender can use one of these ids before it was generated.
	 * @return {@code false} if the ids can be guessed
	 */
	default boolean areUnique() {
		return false;
	}

}
