package io.github.resilientws.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ListenerSettings;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.spring.SpringWebSocketTransport;

/**
 * The resources that the clients of one application share: threads for user code, and
 * transports.
 */
public final class ClientRuntime implements AutoCloseable {

	private final CallbackThreads threads;

	private final Transports transports;

	private final @Nullable WebSocketTransport given;

	private ClientRuntime(CallbackThreads threads, Transports transports, @Nullable WebSocketTransport given) {
		this.threads = threads;
		this.transports = transports;
		this.given = given;
	}

	/**
	 * Create a runtime whose transport threads keep the JVM alive once a client has
	 * connected, until the runtime is closed.
	 * @param maxThreads largest number of platform threads for listeners, the completion
	 * of futures and customizers, in addition to one reserved for the completion of
	 * futures
	 * @param virtualThreads whether to use virtual threads instead, which needs Java 21
	 * @param transport a transport to use and to leave open, or {@code null} for one over
	 * Netty, or over Spring's {@code WebSocketClient} if Netty is absent; without both
	 * each client needs a transport of its own
	 * @return the runtime
	 */
	public static ClientRuntime create(int maxThreads, boolean virtualThreads, @Nullable WebSocketTransport transport) {
		return create(maxThreads, virtualThreads, transport, false);
	}

	/**
	 * Create a runtime whose threads do not keep the JVM alive.
	 * @return the runtime
	 */
	static ClientRuntime daemon() {
		return create(ListenerSettings.DEFAULTS.maxThreads(), false, null, true);
	}

	private static ClientRuntime create(int maxThreads, boolean virtualThreads, @Nullable WebSocketTransport transport,
			boolean daemon) {
		CallbackThreads threads = virtualThreads ? CallbackThreads.virtual() : CallbackThreads.platform(maxThreads);
		return new ClientRuntime(threads, new Transports(daemon, virtualThreads), transport);
	}

	/**
	 * Return whether the classes that {@link #netty()} needs are present.
	 * @param classLoader where to look
	 * @return whether Netty is present
	 */
	public static boolean hasNetty(@Nullable ClassLoader classLoader) {
		return Transports.hasNetty(classLoader);
	}

	/**
	 * Return whether the classes that {@link #spring()} needs are present.
	 * @param classLoader where to look
	 * @return whether spring-websocket and a container are present
	 */
	public static boolean hasSpring(@Nullable ClassLoader classLoader) {
		return Transports.hasSpring(classLoader);
	}

	/**
	 * Return the transport over Netty. The first call creates it.
	 * @return the transport, which is closed with this runtime
	 */
	public WebSocketTransport netty() {
		return this.transports.netty();
	}

	/**
	 * Return the transport over Spring's {@code WebSocketClient}. The first call creates
	 * it.
	 * @return the transport, which is closed with this runtime
	 */
	public SpringWebSocketTransport spring() {
		return this.transports.spring();
	}

	/**
	 * Begin a client.
	 * @param name name of the client
	 * @return a builder with default settings and no URL
	 */
	public ResilientWebSocketClient.Builder builder(String name) {
		return builder(name, (this.given != null) ? this.given : this.transports.best());
	}

	/**
	 * Begin a client.
	 * @param name name of the client
	 * @param transport transport of the client, or {@code null} if the caller gives it to
	 * {@code component}
	 * @return a builder with default settings and no URL
	 */
	public ResilientWebSocketClient.Builder builder(String name, @Nullable WebSocketTransport transport) {
		return new ClientBuilder(name, this.threads, transport).urls(List.of());
	}

	/**
	 * Return the settings that a client was created with.
	 * @param client the client
	 * @return its settings, or {@code null} for another implementation
	 */
	public static @Nullable ClientSettings settingsOf(ResilientWebSocketClient client) {
		return (client instanceof DefaultClient defaultClient) ? defaultClient.settings() : null;
	}

	/**
	 * Close a client because the application ends. Unlike the future of
	 * {@link ResilientWebSocketClient#disconnect()}, that of this method does not wait
	 * for a callback that waits for the end of the application itself.
	 * @param client the client
	 * @param limit when to stop waiting
	 * @return completes when the client is closed or the limit has expired; never fails
	 */
	public static CompletableFuture<Void> shutDown(ResilientWebSocketClient client, Duration limit) {
		return (client instanceof DefaultClient defaultClient) ? defaultClient.shutDown(limit)
				: client.disconnect()
					.copy()
					.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
					.exceptionally((ex) -> null);
	}

	/**
	 * Release threads and sockets. Clients should be closed before; connections that are
	 * still open are aborted. If the caller is a callback, the JVM stays alive until it
	 * has returned, for a limited time, so that it can call {@code System.exit}.
	 */
	@Override
	public void close() {
		// the threads of the transports keep the JVM alive until here
		this.threads.keepJvmAliveForCaller();
		this.transports.close();
		this.threads.close();
	}

}
