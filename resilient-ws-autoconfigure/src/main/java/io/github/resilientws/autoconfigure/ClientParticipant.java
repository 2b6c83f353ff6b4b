package io.github.resilientws.autoconfigure;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Takes part in clients for as long as they are there: those that are beans, and those
 * made at run time.
 */
public interface ClientParticipant {

	/**
	 * A client is there: once for each, after all singletons are there, and before it
	 * connects.
	 * @param client the client
	 */
	void joined(ResilientWebSocketClient client);

	/**
	 * A client made at run time is gone, or could not be made.
	 * @param name name of the client
	 */
	void left(String name);

}
