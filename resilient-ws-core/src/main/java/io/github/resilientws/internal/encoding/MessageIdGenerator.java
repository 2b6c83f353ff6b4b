package io.github.resilientws.internal.encoding;

/**
 * Ids of messages that were sent without one. May be called by any thread.
 */
public interface MessageIdGenerator {

	/**
	 * Return a new id.
	 * @return a {@code String} or a {@code Long}; its text is the id
	 */
	Object next();

	/**
	 * Return whether no sender can give a message one of these ids before it is told.
	 * @return {@code false} if they may be guessed
	 */
	default boolean areUnique() {
		return false;
	}

}
