package io.github.resilientws.transport.spring;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The serial executor of one client, on a thread that several clients share.
 */
final class LoopExecutor implements SerialExecutor {

	private static final Log logger = LogFactory.getLog(LoopExecutor.class);

	private final Loop loop;

	LoopExecutor(Loop loop) {
		this.loop = loop;
	}

	@Override
	public void execute(Runnable task) {
		this.loop.executor().execute(() -> run(task));
	}

	/**
	 * Run a task unless the transport is closed, which leaves no receiver.
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
		return this.loop.isCurrent();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		Future<?> future = this.loop.executor().schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			// without its message, which may quote a payload
			logger.error("A listener or a task failed: " + FailureDescription.describe(ex));
		}
	}

}
