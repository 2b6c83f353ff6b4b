package io.github.resilientws.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the tasks of one client one after another, in order of submission, and provides
 * its time.
 *
 * @since 0.1
 */
public interface SerialExecutor extends Executor {

	/**
	 * Run a task later. Only a test executor with virtual time may run it inside this
	 * call.
	 * @param task the task; must not block
	 * @throws RejectedExecutionException if the transport is closed
	 */
	@Override
	void execute(Runnable task);

	/**
	 * Return whether the caller is a task of this executor.
	 * @return whether state confined to this executor may be touched
	 */
	boolean inExecutor();

	/**
	 * Return monotonic time.
	 * @return nanoseconds since an arbitrary fixed time
	 */
	long nanoTime();

	/**
	 * Run a task after a delay.
	 * @param task the task; must not block
	 * @param delayNanos the delay in nanoseconds
	 * @return cancels the task; called on this executor
	 * @throws RejectedExecutionException if the transport is closed
	 */
	Timer schedule(Runnable task, long delayNanos);

	/**
	 * A scheduled task.
	 */
	@FunctionalInterface
	interface Timer {

		/**
		 * Cancel the task. Has no effect if it has run.
		 */
		void cancel();

	}

}
