package io.github.resilientws.transport.netty;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * WebSocket connections on Netty. All clients share event loops, at most one per
 * processor, which are created when the first client needs one; they use epoll where it
 * is available, otherwise NIO. {@code wss} uses the client's TLS settings or the trust
 * store of the JDK, and always checks the host name. Proxies need
 * {@code netty-handler-proxy}.
 *
 * @since 0.1
 */
public final class NettyWebSocketTransport implements WebSocketTransport {

	private static final long SHUTDOWN_LIMIT_MILLIS = 1000;

	private final DialerResources resources;

	private final IoModel model;

	private final boolean daemon;

	private final SecureRandom random;

	private final LongSupplier nanoTime;

	// guarded by this
	private final Set<NettyConnection> connections = new HashSet<>();

	// guarded by this
	private @Nullable EventLoops loops;

	// guarded by this
	private boolean closed;

	/**
	 * Create a transport. It has no threads before the first {@link #newExecutor()
	 * executor} is created.
	 * @param lookups resolve host names, and read the trust store of the JDK once; are
	 * not closed with the transport
	 * @param daemon whether the event loops are daemon threads
	 */
	public NettyWebSocketTransport(NameLookups lookups, boolean daemon) {
		this(lookups, daemon, IoModel.best());
	}

	NettyWebSocketTransport(NameLookups lookups, boolean daemon, IoModel model) {
		this.random = new SecureRandom();
		this.resources = new DialerResources(lookups, model.channels(), new ClientTls(), this.random);
		this.model = model;
		this.daemon = daemon;
		this.nanoTime = System::nanoTime;
	}

	/**
	 * Return the executor of a new client: one of the event loops.
	 * @return the executor
	 * @throws IllegalStateException if the transport is closed
	 */
	@Override
	public synchronized SerialExecutor newExecutor() {
		assertNotClosed();
		if (this.loops == null) {
			this.loops = new EventLoops(this.model, this.daemon, this.random);
		}
		return this.loops.newExecutor(this.nanoTime);
	}

	/**
	 * Check that Netty's proxy handlers are present, if they are needed.
	 * @throws InvalidSettingException if they are missing
	 */
	@Override
	public void check(ClientSettings settings, boolean tls) {
		ProxySettings proxy = settings.proxy();
		// an absent class is searched for in the whole class path each time
		if (proxy.type() != ProxySettings.Type.NONE && !ClassUtils.isPresent("io.netty.handler.proxy.ProxyHandler",
				NettyWebSocketTransport.class.getClassLoader())) {
			throw new InvalidSettingException("proxy.type", proxy.type().name().toLowerCase(Locale.ROOT),
					"needs io.netty:netty-handler-proxy, which is not on the class path");
		}
	}

	/**
	 * Start an attempt to connect. Results of writes may be reported inside calls to the
	 * connection.
	 * @throws IllegalArgumentException if the executor belongs to another kind of
	 * transport, or the URL is not a {@code ws} or {@code wss} URL with a host
	 * @throws IllegalStateException if the transport is closed
	 */
	@Override
	public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor, ConnectionListener listener) {
		Assert.isInstanceOf(EventLoopExecutor.class, executor, "'executor' must be created by newExecutor()");
		EventLoopExecutor eventLoop = (EventLoopExecutor) executor;
		NettyConnection connection = new NettyConnection(eventLoop, listener, request, this::remove);
		Dialer dialer = new Dialer(this.resources, request, eventLoop, connection);
		synchronized (this) {
			assertNotClosed();
			this.connections.add(connection);
		}
		connection.dial(dialer);
		return connection;
	}

	/**
	 * Abort all connections and end the event loops. Waits up to a second for them,
	 * unless called by one of them. Has no effect when closed.
	 */
	@Override
	public void close() {
		EventLoops stopped;
		List<NettyConnection> open;
		synchronized (this) {
			this.closed = true;
			stopped = this.loops;
			this.loops = null;
			open = new ArrayList<>(this.connections);
		}
		if (stopped != null) {
			open.forEach(NettyConnection::abortFromAnyThread);
			stopped.shutDown(SHUTDOWN_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private synchronized void remove(NettyConnection connection) {
		this.connections.remove(connection);
	}

	private void assertNotClosed() {
		Assert.state(!this.closed, "the transport is closed");
	}

}
