package io.github.resilientws;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * All clients of an application: beans, and clients created at run time. All methods may
 * be called from any thread; an iteration covers the clients that existed when it began.
 *
 * <pre>{@code
 * ResilientWebSocketClient client = clients.create("tenant-17",
 *         (builder) -> builder.urls(URI.create("wss://example.com/tenants/17")));
 * clients.remove("tenant-17");
 * }</pre>
 *
 * @since 0.1
 */
public interface ResilientWebSocketClients extends Iterable<ResilientWebSocketClient> {

	/**
	 * Return the client of the given name.
	 * @param name name of the client
	 * @return the client
	 * @throws IllegalArgumentException if no client has this name; the message lists the
	 * names
	 */
	ResilientWebSocketClient get(String name);

	/**
	 * Create a client at run time, for example one per tenant. Its settings are
	 * {@code resilient-ws.defaults}, then the beans that serve all clients (customizers
	 * last), then the given settings. The client has the events, meters, health entry and
	 * endpoint entry of a configured client, calls the listener beans and
	 * {@link WebSocketListener} methods that serve all clients, and stops and restarts
	 * with the context. It is not a bean. It connects at once; while the context is not
	 * refreshed yet, or is stopped, it connects together with the configured clients.
	 * With {@code resilient-ws.defaults.auto-startup: false} it waits for
	 * {@code connect()}.
	 * @param name name of the client: {@code a-z}, {@code 0-9} and {@code -}, beginning
	 * with a letter
	 * @param settings sets the URL and other settings of this client; called once, on the
	 * caller's thread
	 * @return the client
	 * @throws InvalidSettingException if the name or a setting is not allowed; no client
	 * is created
	 * @throws IllegalStateException if a client of that name exists or is still being
	 * removed
	 */
	ResilientWebSocketClient create(String name, Consumer<ResilientWebSocketClient.Builder> settings);

	/**
	 * Remove a client that {@link #create} created: disconnect it as
	 * {@link ResilientWebSocketClient#disconnect()} does, then forget it. Until then its
	 * state is {@code DRAINING}, and its name is in use. If the application connects the
	 * client again afterwards, it must close it, too.
	 * @param name name of the client
	 * @return completes when the client is closed and its meters and its entries in
	 * health and endpoint are removed, at the latest {@code shutdown-timeout} plus
	 * {@code close-timeout} after the call; never fails. A second call during the removal
	 * waits for the same end
	 * @throws IllegalArgumentException if no client has this name; the message lists the
	 * names
	 * @throws IllegalStateException if the client is a bean, which lives as long as its
	 * context
	 */
	CompletableFuture<Void> remove(String name);

}
