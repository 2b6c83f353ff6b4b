package io.github.resilientws.store;

import java.io.IOException;

/**
 * The store of a client cannot be opened or read.
 */
public class StoreUnavailableException extends RuntimeException {

	private final String clientName;

	private final String reason;

	/**
	 * Create an exception.
	 * @param clientName name of the client
	 * @param cause why; its text names the place, and who holds it if it is held
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
	 * @return the place and what is wrong with it
	 */
	public String getReason() {
		return this.reason;
	}

}
