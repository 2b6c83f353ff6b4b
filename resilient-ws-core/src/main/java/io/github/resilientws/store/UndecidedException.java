package io.github.resilientws.store;

import java.io.IOException;

/**
 * It is not known whether a message was stored: the store was closed before it knew, or
 * connections were lost each time it stored the message, or a transaction got no answer
 * to its commit and its messages are not in the store, but another instance may have
 * delivered them. To send the message again is safe only with the same id.
 *
 * @since 0.1
 */
public final class UndecidedException extends IOException {

	/**
	 * Create an exception.
	 * @param message explanation for a reader
	 */
	public UndecidedException(String message) {
		super(message);
	}

}
