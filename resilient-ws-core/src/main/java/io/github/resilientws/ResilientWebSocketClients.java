package io.github.resilientws;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * All clients of an application: those that are beans, and those made at run time. All
 * methods may be called from any thread; an iteration goes over the clients that were
 * there when it began.
 */
public interface ResilientWebSocketClients extends Iterable<ResilientWebSocketClient> {

	/**
	 * Return the client of the given name.
	 * @param name name of the client
	 * @return the client
	 * @throws IllegalArgumentException if there is none; the message lists the names
	 */
	ResilientWebSocketClient get(String name);

	/**
	 * Make a client at run time, such as one for each tenant. It begins with
	 * {@code resilient-ws.defaults}; then come the beans that serve all clients,
	 * customizers last, and then the given settings. From then on it is treated as a
	 * configured client is: events, meters, health, endpoint, listener beans and
	 * {@link WebSocketListener} methods that serve all clients, stop and restart with the
	 * context. It is no bean. Unless {@code resilient-ws.defaults.auto-startup} is
	 * {@code false}, it connects at once, or with the configured clients when the context
	 * is not yet refreshed, or stopped.
	 * @param name name of the client: {@code a-z}, {@code 0-9} and {@code -}, beginning
	 * with a letter
	 * @param settings adds what is particular to this client, the URL above all; called
	 * once, on the caller's thread
	 * @return the client
	 * @throws InvalidSettingException if the name or a setting is not allowed; no client
	 * is left behind
	 * @throws IllegalStateException if there is a client of that name, or one that is
	 * still being removed
	 */
	ResilientWebSocketClient create(String name, Consumer<ResilientWebSocketClient.Builder> settings);

	/**
	 * Remove a client that {@link #create} made: disconnect it as
	 * {@link ResilientWebSocketClient#disconnect()} does, then forget it. Until then it
	 * is seen as {@code DRAINING}, and its name is taken. Nothing closes the client if it
	 * is connected again afterwards.
	 * @param name name of the client
	 * @return completes when the client is closed and its meters and its entries in
	 * health and endpoint are gone, at the latest {@code shutdown-timeout} and
	 * {@code close-timeout} after the call; never fails. A further call while the client
	 * is being removed waits for the same end
	 * @throws IllegalArgumentException if there is no such client; the message lists the
	 * names
	 * @throws IllegalStateException if the client is a bean, which lives as long as its
	 * context
	 */
	CompletableFuture<Void> remove(String name);

}
