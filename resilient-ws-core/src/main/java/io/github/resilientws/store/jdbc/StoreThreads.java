package io.github.resilientws.store.jdbc;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of all stores of a factory: one for timers, and some that call the
 * database, which end when they are idle.
 */
final class StoreThreads implements Executor, AutoCloseable {

	// each may have a connection
	private static final int MOST_THREADS = 16;

	private final ThreadPoolExecutor pool;

	private final ScheduledThreadPoolExecutor timer;

	StoreThreads() {
		this.pool = new ThreadPoolExecutor(MOST_THREADS, MOST_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), threadFactory("resilient-ws-store-"));
		this.pool.allowCoreThreadTimeOut(true);
		this.timer = new ScheduledThreadPoolExecutor(1, threadFactory("resilient-ws-store-timer-"));
		this.timer.setRemoveOnCancelPolicy(true);
	}

	private static CustomizableThreadFactory threadFactory(String prefix) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		return factory;
	}

	/**
	 * Run a task on a thread that may block.
	 * @param task the task
	 * @throws java.util.concurrent.RejectedExecutionException if the threads are closed
	 */
	@Override
	public void execute(Runnable task) {
		this.pool.execute(task);
	}

	/**
	 * Run a task later.
	 * @param task the task, which must not block
	 * @param delayNanos nanoseconds until then
	 * @return cancels it
	 */
	ScheduledFuture<?> schedule(Runnable task, long delayNanos) {
		return this.timer.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.pool.shutdown();
	}

}
