package io.github.resilientws.transport.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import jakarta.websocket.ContainerProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.web.socket.client.WebSocketClient;

import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.InboundSettings.Dispatch;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * WebSocket connections through Spring's {@code WebSocketClient}, which by default is a
 * {@code StandardWebSocketClient} on the container of the class path. All clients share
 * at most one thread per processor; connecting and sending block, so each takes another
 * thread while it lasts. {@code docs/transports.md} lists the limitations.
 *
 * @since 0.1
 */
public final class SpringWebSocketTransport implements WebSocketTransport {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);

	private static final long SHUTDOWN_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ContainerClients clients;

	private final Executor blocking;

	private final NameLookups lookups;

	private final boolean daemon;

	private final long sendTimeoutMillis;

	// guarded by this
	private final Set<SpringConnection> connections = new HashSet<>();

	// guarded by this
	private @Nullable Loops loops;

	// guarded by this
	private boolean closed;

	/**
	 * Create a transport on the container of the class path. It has neither threads nor a
	 * container before they are needed.
	 * @param blocking runs tasks that may block: an attempt, a send and the end of a
	 * session per connection; tasks must not wait for each other
	 * @param lookups resolve host names before an attempt takes a thread; are not closed
	 * with the transport
	 * @param daemon whether the threads of clients are daemon threads
	 */
	public SpringWebSocketTransport(Executor blocking, NameLookups lookups, boolean daemon) {
		this(blocking, lookups, daemon, SEND_TIMEOUT);
	}

	SpringWebSocketTransport(Executor blocking, NameLookups lookups, boolean daemon, Duration sendTimeout) {
		this.clients = new ContainerClients();
		this.blocking = blocking;
		this.lookups = lookups;
		this.daemon = daemon;
		this.sendTimeoutMillis = sendTimeout.toMillis();
	}

	/**
	 * Return whether a container is present.
	 * @param classLoader the class loader to search
	 * @return whether the Jakarta API would find one
	 */
	public static boolean hasContainer(@Nullable ClassLoader classLoader) {
		return ServiceLoader.load(ContainerProvider.class, classLoader).stream().findAny().isPresent();
	}

	/**
	 * Return a transport over a client that has its own proxy, trust material and
	 * time-outs. It shares the threads of this one and is closed with it. If the client
	 * connects on another thread, an attempt that is given up ends when the client gives
	 * it up.
	 * @param client the client, which is not closed. A {@code StandardWebSocketClient}
	 * without the user property {@code org.apache.tomcat.websocket.MAX_REDIRECTIONS} gets
	 * it, with value {@code "0"}
	 * @return the transport
	 */
	public WebSocketTransport over(WebSocketClient client) {
		return new Over(Clients.given(client));
	}

	/**
	 * Refuse a proxy.
	 */
	@Override
	public void check(ClientSettings settings, boolean tls) {
		if (settings.inbound().dispatch() == Dispatch.DIRECT) {
			throw new InvalidSettingException("inbound.dispatch", "direct",
					"the spring transport has no event loop that could call listeners; allowed is lane, or "
							+ "'transport: netty'");
		}
		ProxySettings proxy = settings.proxy();
		if (proxy.type() != ProxySettings.Type.NONE) {
			throw new InvalidSettingException("proxy.host", proxy.host(),
					"the spring transport does not support proxies; set 'transport: netty', remove 'proxy.*', or give the "
							+ "client a WebSocketClient that uses the proxy");
		}
	}

	/**
	 * Return the executor of a new client: one of the threads.
	 * @return the executor
	 * @throws IllegalStateException if the transport is closed
	 */
	@Override
	public synchronized SerialExecutor newExecutor() {
		assertNotClosed();
		if (this.loops == null) {
			this.loops = new Loops(this.daemon);
		}
		return this.loops.newExecutor();
	}

	/**
	 * Start an attempt to connect.
	 * @throws IllegalArgumentException if the executor belongs to another kind of
	 * transport, or the URL is not a {@code ws} or {@code wss} URL with a host
	 * @throws IllegalStateException if the transport is closed
	 */
	@Override
	public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor, ConnectionListener listener) {
		return connect(this.clients, request, executor, listener);
	}

	private WebSocketConnection connect(Clients clients, ConnectRequest request, SerialExecutor executor,
			ConnectionListener listener) {
		Assert.isInstanceOf(LoopExecutor.class, executor, "'executor' must be created by newExecutor()");
		WebSocketUrl url = WebSocketUrl.of(request.url());
		Assert.notNull(url.toUri().getHost(),
				"the spring transport cannot connect to a host with '_'; use the netty transport");
		SpringConnection connection = new SpringConnection(request, this.blocking, (LoopExecutor) executor, listener,
				this.sendTimeoutMillis, this::remove);
		synchronized (this) {
			assertNotClosed();
			this.connections.add(connection);
		}
		if (clients.resolvesNames() && !url.isIpAddress()) {
			// an attempt whose look-up hangs must not hold a thread: the container will
			// find the result in the cache of the JDK, or use a proxy
			connection
				.await(this.lookups.lookUp(executor, url.host(), (addresses, failure) -> connection.dial(clients)));
		}
		else {
			connection.dial(clients);
		}
		return connection;
	}

	/**
	 * Abort all connections and end the threads. Waits up to a second for them, unless
	 * called by one of them. Has no effect when closed.
	 */
	@Override
	public void close() {
		Loops stopped;
		List<SpringConnection> open;
		synchronized (this) {
			this.closed = true;
			stopped = this.loops;
			this.loops = null;
			open = new ArrayList<>(this.connections);
		}
		if (stopped != null) {
			open.forEach(SpringConnection::abortFromAnyThread);
			stopped.shutDown(SHUTDOWN_LIMIT_NANOS);
		}
		this.clients.close();
	}

	private synchronized void remove(SpringConnection connection) {
		this.connections.remove(connection);
	}

	private void assertNotClosed() {
		Assert.state(!this.closed, "the transport is closed");
	}

	/**
	 * This transport over another client.
	 */
	private final class Over implements WebSocketTransport {

		private final Clients given;

		Over(Clients given) {
			this.given = given;
		}

		@Override
		public void check(ClientSettings settings, boolean tls) {
			SpringWebSocketTransport.this.check(settings, tls);
			if (tls) {
				throw new InvalidSettingException("ssl.bundle", "",
						"the WebSocketClient of this client has its own trust material; remove one of the two");
			}
		}

		@Override
		public SerialExecutor newExecutor() {
			return SpringWebSocketTransport.this.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			return SpringWebSocketTransport.this.connect(this.given, request, executor, listener);
		}

		@Override
		public void close() {
			// with the other
		}

	}

}
