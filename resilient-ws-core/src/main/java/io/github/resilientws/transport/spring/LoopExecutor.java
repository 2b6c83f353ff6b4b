package io.github.resilientws.transport.spring;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.SerialExecutor;

/**
 * One thread as the serial executor of all clients that were given it.
 */
final class LoopExecutor implements SerialExecutor {

	private static final Log logger = LogFactory.getLog(LoopExecutor.class);

	private final ScheduledThreadPoolExecutor loop;

	private volatile @Nullable Thread thread;

	LoopExecutor(ThreadFactory threads) {
		this.loop = new ScheduledThreadPoolExecutor(1, (task) -> {
			this.thread = threads.newThread(task);
			return this.thread;
		});
		this.loop.setRemoveOnCancelPolicy(true);
		this.loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public void execute(Runnable task) {
		this.loop.execute(() -> run(task));
	}

	/**
	 * Run a task unless the transport is closed, when nobody listens any more.
	 * @param task the task
	 */
	void post(Runnable task) {
		try {
			execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Signal after the transport was closed");
		}
	}

	/**
	 * Run a task after a delay, unless the transport is closed by then.
	 * @param task the task
	 * @param delayNanos the delay in nanoseconds
	 */
	void postLater(Runnable task, long delayNanos) {
		try {
			schedule(task, delayNanos);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Signal after the transport was closed");
		}
	}

	@Override
	public boolean inExecutor() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		Future<?> future = this.loop.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	/** End after the tasks that are waiting and those that they leave behind. */
	void shutDown() {
		post(() -> post(this.loop::shutdown));
	}

	/**
	 * Wait for the end.
	 * @param nanos how long to wait, at most
	 */
	void awaitEnd(long nanos) {
		try {
			this.loop.awaitTermination(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.loop.shutdownNow();
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			// without its message, which may quote a payload
			logger.warn("A listener or a task failed with " + ex.getClass().getName());
		}
	}

}
