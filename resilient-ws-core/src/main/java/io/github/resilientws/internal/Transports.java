package io.github.resilientws.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.netty.NettyWebSocketTransport;
import io.github.resilientws.transport.spring.SpringWebSocketTransport;

/**
 * The transports of one application, each created when the first client needs it.
 */
final class Transports implements AutoCloseable {

	private final NameLookups lookups = new NameLookups();

	private final boolean daemon;

	private final boolean virtualThreads;

	// guarded by this
	private @Nullable NettyWebSocketTransport netty;

	// guarded by this
	private @Nullable SpringWebSocketTransport spring;

	// guarded by this
	private @Nullable AutoCloseable springThreads;

	// guarded by this
	private boolean closed;

	/**
	 * Create the transports.
	 * @param daemon whether threads of transports are daemon threads
	 * @param virtualThreads whether virtual threads send for the spring transport
	 */
	Transports(boolean daemon, boolean virtualThreads) {
		this.daemon = daemon;
		this.virtualThreads = virtualThreads;
	}

	static boolean hasNetty(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent("io.netty.handler.codec.http.HttpClientCodec", classLoader)
				&& ClassUtils.isPresent("io.netty.handler.ssl.SslHandler", classLoader);
	}

	static boolean hasSpring(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent("org.springframework.web.socket.client.standard.StandardWebSocketClient",
				classLoader) && ClassUtils.isPresent("jakarta.websocket.ContainerProvider", classLoader)
				&& SpringWebSocketTransport.hasContainer(classLoader);
	}

	@Nullable WebSocketTransport best() {
		ClassLoader classLoader = Transports.class.getClassLoader();
		if (hasNetty(classLoader)) {
			return netty();
		}
		return hasSpring(classLoader) ? spring() : null;
	}

	synchronized NettyWebSocketTransport netty() {
		Assert.state(!this.closed, "the application has ended");
		if (this.netty == null) {
			this.netty = new NettyWebSocketTransport(this.lookups, this.daemon);
		}
		return this.netty;
	}

	synchronized SpringWebSocketTransport spring() {
		Assert.state(!this.closed, "the application has ended");
		if (this.spring == null) {
			this.spring = new SpringWebSocketTransport(springThreads(), this.lookups, this.daemon);
		}
		return this.spring;
	}

	// not the listener threads: a listener that waits for a reply would prevent its
	// request from being sent
	private Executor springThreads() {
		String prefix = "resilient-ws-send-";
		if (this.virtualThreads) {
			SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(prefix);
			threads.setVirtualThreads(true);
			this.springThreads = threads;
			return threads;
		}
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		ExecutorService threads = Executors.newCachedThreadPool(factory);
		this.springThreads = threads::shutdown;
		return threads;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.netty != null) {
			this.netty.close();
		}
		if (this.spring != null) {
			this.spring.close();
		}
		this.lookups.close();
		if (this.springThreads != null) {
			try {
				this.springThreads.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("threads did not end", ex);
			}
		}
	}

}
