package io.github.resilientws;

/**
 * All clients of an application.
 */
public interface ResilientWebSocketClients extends Iterable<ResilientWebSocketClient> {

	/**
	 * Return the client of the given name.
	 * @param name name of the client
	 * @return the client
	 * @throws IllegalArgumentException if there is none; the message lists the names
	 */
	ResilientWebSocketClient get(String name);

}
