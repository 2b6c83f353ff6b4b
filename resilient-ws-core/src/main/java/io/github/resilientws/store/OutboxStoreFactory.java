package io.github.resilientws.store;

import java.io.IOException;

/**
 * Opens the stores of clients.
 */
@FunctionalInterface
public interface OutboxStoreFactory {

	/**
	 * Open the store of a client. May block. Called when the client is made, and again
	 * when it is connected after it was closed.
	 * @param client name of the client
	 * @return the store, held by nobody else
	 * @throws IOException if it cannot be opened; the text names the place, and who holds
	 * it if it is held
	 */
	OutboxStore open(String client) throws IOException;

}
