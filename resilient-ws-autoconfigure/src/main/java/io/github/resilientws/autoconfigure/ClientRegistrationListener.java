package io.github.resilientws.autoconfigure;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Listens to the clients of an application that come and go: those that are beans, and
 * those that are made at run time.
 *
 * @since 0.1
 */
public interface ClientRegistrationListener {

	/**
	 * Called once for each client, after all singletons exist and before the client
	 * connects.
	 * @param client the client
	 */
	void onAdded(ResilientWebSocketClient client);

	/**
	 * Called when a client made at run time was removed, or could not be made.
	 * @param name name of the client
	 */
	void onRemoved(String name);

}
