package io.github.resilientws.store;

import java.io.IOException;

/**
 * Opens the stores of clients.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface OutboxStoreFactory {

	/**
	 * Open the store of a client. May block. Called when the client is created, and again
	 * when it is connected after it was closed.
	 * @param client name of the client
	 * @return the store, which no other client has open
	 * @throws IOException if it cannot be opened; the text names the place and, if the
	 * store is open elsewhere, its holder
	 */
	OutboxStore open(String client) throws IOException;

}
