package io.github.resilientws.store;

import java.io.IOException;

/**
 * The store of a client cannot be opened or read.
 *
 * @since 0.1
 */
public class StoreUnavailableException extends RuntimeException {

	private final String clientName;

	private final String reason;

	/**
	 * Create an exception.
	 * @param clientName name of the client
	 * @param cause the failure; its text names the place and, if the store is open
	 * elsewhere, its holder
	 */
	public StoreUnavailableException(String clientName, IOException cause) {
		super("the store of the client '" + clientName + "' is not available: " + reason(cause), cause);
		this.clientName = clientName;
		this.reason = reason(cause);
	}

	private static String reason(IOException cause) {
		String message = cause.getMessage();
		return (message != null) ? message : cause.getClass().getSimpleName();
	}

	/**
	 * Return the client.
	 * @return its name
	 */
	public String getClientName() {
		return this.clientName;
	}

	/**
	 * Return why it is not available.
	 * @return the place and its problem
	 */
	public String getReason() {
		return this.reason;
	}

}
