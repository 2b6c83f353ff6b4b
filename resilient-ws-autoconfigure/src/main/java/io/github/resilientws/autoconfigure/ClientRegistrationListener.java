package io.github.resilientws.autoconfigure;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Is notified when clients of an application are added and removed, both beans and
 * clients created at run time.
 *
 * @since 0.1
 */
public interface ClientRegistrationListener {

	/**
	 * Called once per client, after all singletons exist and before the client connects.
	 * @param client the client
	 */
	void onAdded(ResilientWebSocketClient client);

	/**
	 * Called when a client created at run time was removed or could not be created.
	 * @param name name of the client
	 */
	void onRemoved(String name);

}
