package io.github.resilientws.transport.netty;

import java.security.SecureRandom;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * The event loops of a transport, with the resources of each.
 */
final class EventLoops {

	private final IoEventLoopGroup group;

	private final SecureRandom random;

	// guarded by the transport, which creates one executor at a time
	private final Map<EventLoop, EventLoopResources> resources = new IdentityHashMap<>();

	EventLoops(IoModel model, boolean daemon, SecureRandom random) {
		this.group = new MultiThreadIoEventLoopGroup(NettyRuntime.availableProcessors(), threads(daemon),
				model.handlers());
		this.random = random;
	}

	private static ThreadFactory threads(boolean daemon) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new FastThreadLocalThread(task, "resilient-ws-io-" + number.incrementAndGet());
			thread.setDaemon(daemon);
			return thread;
		};
	}

	EventLoopExecutor newExecutor(LongSupplier nanoTime) {
		EventLoop loop = this.group.next();
		return new EventLoopExecutor(loop, this.resources.computeIfAbsent(loop, (key) -> newResources()), nanoTime);
	}

	private EventLoopResources newResources() {
		return new EventLoopResources(new ReadBuffer(), new FrameEncoder(new MaskKeys(this.random)), new Deflation(),
				new SharedReadSizes());
	}

	void shutDown(long limit, TimeUnit unit) {
		this.group.shutdownGracefully(0, limit, unit);
		this.group.terminationFuture()
			.addListener((ended) -> this.resources.values().forEach((shared) -> shared.deflation().release()));
		boolean inside = StreamSupport.stream(this.group.spliterator(), false).anyMatch(EventExecutor::inEventLoop);
		if (!inside) {
			this.group.terminationFuture().awaitUninterruptibly(limit, unit);
		}
	}

}
