package io.github.resilientws.internal.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tasks that must not wait until a listener returns: the first free thread of the pool,
 * or the reserved thread, takes them. Used while no thread of the pool is free.
 */
final class PriorityTasks {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final List<Helper> helpers;

	/**
	 * Create the tasks.
	 * @param pool the pool
	 * @param reserve a thread that listeners cannot block
	 */
	PriorityTasks(Executor pool, Executor reserve) {
		this.helpers = List.of(new Helper(pool), new Helper(reserve));
	}

	/**
	 * Add a task.
	 * @param task the task
	 * @throws RejectedExecutionException if the application has ended
	 */
	void add(Runnable task) {
		this.tasks.add(task);
		boolean asked = false;
		for (Helper helper : this.helpers) {
			asked |= helper.ask();
		}
		if (!asked && this.tasks.remove(task)) {
			throw new RejectedExecutionException("the application has ended");
		}
	}

	/**
	 * Take the tasks that no thread has taken.
	 * @return the tasks
	 */
	List<Runnable> takeAll() {
		List<Runnable> all = new ArrayList<>();
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			all.add(task);
		}
		return all;
	}

	/**
	 * Requests an executor to take the next task, with at most one request at a time.
	 */
	private final class Helper implements Runnable {

		private final Executor executor;

		// shared by the threads that add tasks and the thread that takes one
		private final AtomicBoolean asked = new AtomicBoolean();

		Helper(Executor executor) {
			this.executor = executor;
		}

		boolean ask() {
			if (!this.asked.compareAndSet(false, true)) {
				return true;
			}
			try {
				this.executor.execute(this);
				return true;
			}
			catch (RejectedExecutionException ex) {
				return false;
			}
			catch (OutOfMemoryError ex) {
				// no further thread can be created; the next task requests one again
				this.asked.set(false);
				return false;
			}
		}

		@Override
		public void run() {
			// before the queue is read: a task that is added
			// later requests a thread again
			this.asked.set(false);
			Runnable task = PriorityTasks.this.tasks.poll();
			if (task != null) {
				if (!PriorityTasks.this.tasks.isEmpty()) {
					ask();
				}
				task.run();
			}
		}

	}

}
