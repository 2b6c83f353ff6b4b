package io.github.resilientws.store;

import java.io.IOException;

/**
 * It is not known whether messages are stored, because the store was closed before its
 * database answered.
 *
 * @since 0.1
 */
public class UndecidedException extends IOException {

	/**
	 * Create an exception.
	 * @param message what is not known
	 */
	public UndecidedException(String message) {
		super(message);
	}

}
