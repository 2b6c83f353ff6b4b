package io.github.resilientws.store;

import java.io.IOException;

/**
 * The store of a client cannot be opened or read.
 */
public class StoreUnavailableException extends RuntimeException {

	private final String clientName;

	/**
	 * Create an exception.
	 * @param clientName name of the client
	 * @param cause why; its text names the place, and who holds it if it is held
	 */
	public StoreUnavailableException(String clientName, IOException cause) {
		super("the store of the client '" + clientName + "' is not available: " + cause.getMessage(), cause);
		this.clientName = clientName;
	}

	/**
	 * Return the client.
	 * @return its name
	 */
	public String getClientName() {
		return this.clientName;
	}

}
