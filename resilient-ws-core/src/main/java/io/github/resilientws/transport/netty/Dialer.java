package io.github.resilientws.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketProxyException;
import io.github.resilientws.WebSocketProxyException.Problem;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.NameLookups.Lookup;

/**
 * Resolves the host of one attempt, or that of its proxy, off the event loop, and tries
 * its addresses in turn.
 */
final class Dialer {

	private static final Log logger = LogFactory.getLog(Dialer.class);

	// the rest leaves time to report the proxy as the cause before the client gives up
	private static final long PROXY_PERCENT = 90;

	private static final int NO_LIMIT = 0;

	private final DialerResources resources;

	private final ConnectRequest request;

	private final EventLoopExecutor executor;

	private final NettyConnection connection;

	private final WebSocketUrl url;

	private final ProxySettings proxy;

	private final boolean proxied;

	private final String host;

	private final long deadline;

	private @Nullable Lookup lookup;

	private @Nullable Channel channel;

	// the address of the present connection, if the host has others
	private @Nullable InetAddress accepted;

	private boolean alternatives;

	Dialer(DialerResources resources, ConnectRequest request, EventLoopExecutor executor, NettyConnection connection) {
		this.resources = resources;
		this.request = request;
		this.executor = executor;
		this.connection = connection;
		this.url = WebSocketUrl.of(request.url());
		this.proxy = request.proxy();
		this.proxied = this.proxy.type() != ProxySettings.Type.NONE;
		// the proxy resolves the name of the server
		this.host = this.proxied ? this.proxy.connectHost() : this.url.connectHost();
		this.deadline = executor.nanoTime() + request.connectTimeout().toNanos();
	}

	void dial() {
		byte[] literal = NetUtil.createByteArrayFromIpAddressString(this.host);
		boolean zoned = this.host.indexOf('%') >= 0;
		try {
			if (literal != null && !zoned && isTlsPrepared()) {
				Queue<InetAddress> addresses = new ArrayDeque<>(List.of(InetAddress.getByAddress(literal)));
				// later, so that nothing is signalled inside this call
				this.executor.execute(() -> connect(addresses));
			}
			else {
				this.lookup = this.resources.lookups().lookUp(this.executor, this.host, this::resolved);
			}
		}
		catch (RejectedExecutionException | UnknownHostException ex) {
			fail(ex);
		}
	}

	private boolean isTlsPrepared() {
		return !this.url.secure() || this.resources.tls().isPrepared(this.request.tls());
	}

	/**
	 * Give up connecting. Has no effect when connected.
	 */
	void cancel() {
		if (this.lookup != null) {
			this.lookup.cancel();
		}
		if (this.channel != null) {
			this.channel.close();
		}
	}

	// on the thread of the look-up
	private void resolved(List<InetAddress> addresses, @Nullable Throwable failure) {
		Runnable next;
		try {
			if (this.url.secure()) {
				this.resources.tls().prepare(this.request.tls());
			}
			next = (failure != null) ? () -> lookupFailed(failure) : () -> connect(sorted(addresses));
		}
		catch (RuntimeException ex) {
			next = () -> fail(ex);
		}
		try {
			this.executor.execute(next);
		}
		catch (RejectedExecutionException ex) {
			// the attempt was aborted when the transport was closed
			logger.debug("Resolved after the transport was closed");
		}
	}

	private void lookupFailed(Throwable failure) {
		if (failure instanceof UnknownHostException) {
			failOnTheWay(failure);
		}
		else {
			fail(failure);
		}
	}

	private Queue<InetAddress> sorted(List<InetAddress> addresses) {
		this.alternatives = addresses.size() > 1;
		return new ArrayDeque<>(this.executor.addresses().sort(this.host, addresses));
	}

	private void connect(Queue<InetAddress> addresses) {
		connect(addresses, new UnknownHostException(this.host));
	}

	void connect(Queue<InetAddress> addresses, Throwable lastFailure) {
		if (!this.connection.isConnecting()) {
			return;
		}
		InetAddress address = addresses.peek();
		if (address == null) {
			failOnTheWay(lastFailure);
			return;
		}
		int limit = limitMillis(addresses.size());
		addresses.remove();
		try {
			ChannelFuture attempt = bootstrap(address, limit).connect(target(address));
			this.channel = attempt.isDone() ? null : attempt.channel();
			// a channel that could not be created reports on another thread
			attempt.addListener((future) -> inLoop(() -> connected(attempt, address, addresses)));
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	private void inLoop(Runnable task) {
		if (this.executor.inExecutor()) {
			task.run();
		}
		else {
			this.executor.execute(task);
		}
	}

	private void connected(ChannelFuture attempt, InetAddress address, Queue<InetAddress> addresses) {
		this.channel = null;
		if (!attempt.isSuccess()) {
			connect(addresses, attempt.cause());
		}
		else if (this.connection.isConnecting()) {
			if (this.alternatives) {
				this.accepted = address;
				this.executor.addresses().accepted(this.host, address);
			}
			this.connection.attach((DuplexChannel) attempt.channel());
		}
		else {
			attempt.channel().close();
		}
	}

	private void upgraded() {
		if (this.accepted != null) {
			this.executor.addresses().opened(this.host, this.accepted);
		}
	}

	// the client ends the attempt in time with its own cause; a limit of the same length
	// would compete
	private int limitMillis(int addresses) {
		return (addresses == 1 && !this.proxied) ? NO_LIMIT : shareMillis(addresses);
	}

	private int shareMillis(int addresses) {
		long remaining = TimeUnit.NANOSECONDS.toMillis(this.deadline - this.executor.nanoTime());
		long share = (this.proxied ? remaining * PROXY_PERCENT / 100 : remaining) / addresses;
		return (int) Math.max(1, Math.min(share, Integer.MAX_VALUE));
	}

	private InetSocketAddress target(InetAddress address) {
		if (!this.proxied) {
			return new InetSocketAddress(address, this.url.port());
		}
		byte[] literal = NetUtil.createByteArrayFromIpAddressString(this.url.host());
		try {
			return (literal != null) ? new InetSocketAddress(InetAddress.getByAddress(literal), this.url.port())
					: InetSocketAddress.createUnresolved(this.url.host(), this.url.port());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("every IP address has 4 or 16 bytes", ex);
		}
	}

	private Bootstrap bootstrap(InetAddress address, int limitMillis) {
		SslHandler tls = (this.url.secure()) ? this.resources.tls().newHandler(this.request.tls(), this.url) : null;
		return new Bootstrap().group(this.executor.eventLoop())
			.channelFactory(this.resources.channels())
			.disableResolver()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limitMillis)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			// the adaptive one zeroes new memory for most batches where Netty has no
			// Unsafe,
			// as on JDK 25
			.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
			// the end of the stream must not overtake frames in the gate
			.option(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.option(ChannelOption.AUTO_CLOSE, false)
			.handler(initializer(address, tls));
	}

	private ChannelHandler initializer(InetAddress address, @Nullable SslHandler tls) {
		return new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.config().setRecvByteBufAllocator(Dialer.this.executor.resources().readSizes());
				if (Dialer.this.proxied) {
					addProxy(channel.pipeline(), address);
				}
				if (tls != null) {
					channel.pipeline().addLast(tls, new HostCheck(tls, Dialer.this.url.host()));
				}
				channel.pipeline()
					.addLast(OpeningHandshake.newCodec(),
							new OpeningHandshake(Dialer.this.connection, Dialer.this.request, Dialer.this.url,
									Dialer.this.resources.random(), Dialer.this::upgraded));
			}

		};
	}

	private void addProxy(ChannelPipeline pipeline, InetAddress address) {
		ProxyTunnel.addTo(pipeline, this.proxy, new InetSocketAddress(address, this.proxy.port()), shareMillis(1),
				this::fail);
	}

	private void failOnTheWay(Throwable failure) {
		fail(this.proxied ? new WebSocketProxyException(Problem.UNREACHABLE, 0, failure) : failure);
	}

	private void fail(Throwable failure) {
		this.connection.end(new DisconnectCause.ConnectFailed(failure));
	}

}
