package io.github.resilientws.transport.netty;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.transport.SerialExecutor;

/**
 * One event loop as the serial executor of a client.
 */
final class EventLoopExecutor implements SerialExecutor {

	private static final Log logger = LogFactory.getLog(EventLoopExecutor.class);

	private final EventLoop eventLoop;

	private final EventLoopResources resources;

	private final LongSupplier nanoTime;

	private final AddressOrder addresses = new AddressOrder();

	EventLoopExecutor(EventLoop eventLoop, EventLoopResources resources, LongSupplier nanoTime) {
		this.eventLoop = eventLoop;
		this.resources = resources;
		this.nanoTime = nanoTime;
	}

	EventLoop eventLoop() {
		return this.eventLoop;
	}

	EventLoopResources resources() {
		return this.resources;
	}

	AddressOrder addresses() {
		return this.addresses;
	}

	@Override
	public void execute(Runnable task) {
		this.eventLoop.execute(() -> run(task));
	}

	@Override
	public boolean inExecutor() {
		return this.eventLoop.inEventLoop();
	}

	@Override
	public long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		Future<?> future = this.eventLoop.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			// Netty would log its message, which may quote a payload
			logger.error("A task failed: " + FailureDescription.describe(ex));
		}
	}

}
