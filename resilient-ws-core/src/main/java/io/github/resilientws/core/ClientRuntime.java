package io.github.resilientws.core;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * Threads and transport that clients share.
 */
public final class ClientRuntime implements AutoCloseable {

	private ClientRuntime() {
	}

	/**
	 * Create a runtime.
	 * @param listenerMaxThreads largest number of platform threads
	 * @param virtualThreads whether to use virtual threads
	 * @param transport transport of all clients, or {@code null} for the default
	 * @return the runtime
	 */
	public static ClientRuntime create(int listenerMaxThreads, boolean virtualThreads,
			@Nullable WebSocketTransport transport) {
		return new ClientRuntime();
	}

	/**
	 * Make a builder.
	 * @param name name of the client
	 * @return the builder
	 */
	public ResilientWebSocketClient.Builder builder(String name) {
		return ResilientWebSocketClient.builder(name, URI.create("ws://localhost")).urls(List.of());
	}

	@Override
	public void close() {
	}

}
