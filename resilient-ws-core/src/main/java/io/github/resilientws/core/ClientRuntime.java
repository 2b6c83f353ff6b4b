package io.github.resilientws.core;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.netty.NettyWebSocketTransport;

/**
 * What the clients of one application share: threads for user code and the transport.
 */
public final class ClientRuntime implements AutoCloseable {

	private final LanePool lanes;

	private final @Nullable WebSocketTransport transport;

	private final boolean ownsTransport;

	private ClientRuntime(LanePool lanes, @Nullable WebSocketTransport transport, boolean ownsTransport) {
		this.lanes = lanes;
		this.transport = transport;
		this.ownsTransport = ownsTransport;
	}

	/**
	 * Make a runtime whose transport threads keep the JVM alive once a client has
	 * connected, until the runtime is closed.
	 * @param maxThreads largest number of platform threads for listeners, completions and
	 * customizers, besides one reserved for completions
	 * @param virtualThreads whether to use virtual threads instead, which needs Java 21
	 * @param transport a transport to use and to leave open, or {@code null} for one over
	 * Netty; without Netty each client needs one of its own
	 * @return the runtime
	 */
	public static ClientRuntime create(int maxThreads, boolean virtualThreads, @Nullable WebSocketTransport transport) {
		return create(maxThreads, virtualThreads, transport, false);
	}

	/**
	 * Make a runtime whose threads do not keep the JVM alive.
	 * @return the runtime
	 */
	static ClientRuntime daemon() {
		return create(64, false, null, true);
	}

	private static ClientRuntime create(int maxThreads, boolean virtualThreads, @Nullable WebSocketTransport transport,
			boolean daemon) {
		LanePool lanes = virtualThreads ? LanePool.virtual() : LanePool.platform(maxThreads);
		return new ClientRuntime(lanes, (transport != null) ? transport : netty(lanes, daemon), transport == null);
	}

	private static @Nullable WebSocketTransport netty(LanePool lanes, boolean daemon) {
		if (!ClassUtils.isPresent("io.netty.handler.codec.http.HttpClientCodec",
				ClientRuntime.class.getClassLoader())) {
			// a client may bring a transport of its own
			return null;
		}
		return new NettyWebSocketTransport(lanes::executeSupply, daemon);
	}

	/**
	 * Begin a client.
	 * @param name name of the client
	 * @return a builder with default settings and no URL
	 */
	public ResilientWebSocketClient.Builder builder(String name) {
		return new ClientBuilder(name, this.lanes, this.transport).urls(List.of());
	}

	/**
	 * Return the settings a client was made with, whoever made it.
	 * @param client the client
	 * @return its settings, or {@code null} for a client that is not ours
	 */
	public static @Nullable ClientSettings settingsOf(ResilientWebSocketClient client) {
		return (client instanceof DefaultClient ours) ? ours.settings() : null;
	}

	/**
	 * Release threads and sockets. Clients should be closed before; what they still hold
	 * is aborted.
	 */
	@Override
	public void close() {
		if (this.ownsTransport && this.transport != null) {
			this.transport.close();
		}
		this.lanes.close();
	}

}
