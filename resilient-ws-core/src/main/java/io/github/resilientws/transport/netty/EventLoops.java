package io.github.resilientws.transport.netty;

import java.security.SecureRandom;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * The event loops of a transport, with the frame encoder and the deflater of each.
 */
final class EventLoops {

	private final IoEventLoopGroup group;

	private final Map<EventExecutor, FrameEncoder> encoders = new IdentityHashMap<>();

	private final Map<EventExecutor, Deflation> deflations = new IdentityHashMap<>();

	EventLoops(IoModel model, boolean daemon, SecureRandom random) {
		this.group = new MultiThreadIoEventLoopGroup(NettyRuntime.availableProcessors(), threads(daemon),
				model.handlers());
		this.group.forEach((loop) -> {
			this.encoders.put(loop, new FrameEncoder(new MaskKeys(random)));
			this.deflations.put(loop, new Deflation());
		});
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
		return new EventLoopExecutor(loop, this.encoders.get(loop), this.deflations.get(loop), nanoTime);
	}

	void shutDown(long limit, TimeUnit unit) {
		this.group.shutdownGracefully(0, limit, unit);
		this.group.terminationFuture().addListener((ended) -> this.deflations.values().forEach(Deflation::release));
		boolean inside = this.encoders.keySet().stream().anyMatch(EventExecutor::inEventLoop);
		if (!inside) {
			this.group.terminationFuture().awaitUninterruptibly(limit, unit);
		}
	}

}
