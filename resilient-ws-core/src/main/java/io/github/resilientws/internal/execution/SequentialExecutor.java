package io.github.resilientws.internal.execution;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another on callback threads.
 */
public final class SequentialExecutor implements Executor {

	private final TaskQueue tasks = new TaskQueue();

	private final QueueDrainer drainer;

	private SequentialExecutor(CallbackThreads threads, boolean priority, Consumer<Throwable> onFailure) {
		this.drainer = new QueueDrainer(this.tasks, threads, priority, onFailure);
	}

	/**
	 * Create an executor whose tasks wait for a free thread.
	 * @param threads the callback threads
	 * @param onFailure receives failures of tasks
	 * @return the executor
	 */
	public static SequentialExecutor of(CallbackThreads threads, Consumer<Throwable> onFailure) {
		return new SequentialExecutor(threads, false, onFailure);
	}

	/**
	 * Create an executor whose tasks do not wait for blocked listeners, because they may
	 * wait for a task.
	 * @param threads the callback threads
	 * @param onFailure receives failures of tasks
	 * @return the executor
	 */
	public static SequentialExecutor priority(CallbackThreads threads, Consumer<Throwable> onFailure) {
		return new SequentialExecutor(threads, true, onFailure);
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		this.drainer.wakeUp();
	}

	/**
	 * Return whether the caller is a task of this executor.
	 * @return whether it is
	 */
	public boolean isCurrent() {
		return this.drainer.isCurrent();
	}

	/**
	 * Return the thread that runs a task.
	 * @return the thread, or {@code null} if no task runs at the moment
	 */
	public @Nullable Thread getThread() {
		return this.drainer.getThread();
	}

	/**
	 * The tasks that wait.
	 */
	private static final class TaskQueue extends ConcurrentLinkedQueue<Runnable> implements QueueDrainer.Source {

		@Override
		public boolean runNext() {
			Runnable task = poll();
			if (task == null) {
				return false;
			}
			task.run();
			return true;
		}

	}

}
