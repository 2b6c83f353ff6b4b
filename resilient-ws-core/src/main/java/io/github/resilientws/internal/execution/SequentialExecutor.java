package io.github.resilientws.internal.execution;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another on callback threads.
 */
public final class SequentialExecutor extends QueueDrainer implements Executor {

	private static final AtomicReferenceFieldUpdater<SequentialExecutor, @Nullable Task> ADDED = AtomicReferenceFieldUpdater
		.newUpdater(SequentialExecutor.class, Task.class, "added");

	// the newest first; shared by the threads that add tasks and the one that drains
	private volatile @Nullable Task added;

	// the oldest first; belongs to the thread that drains, and the one that has just
	// drained sees its own write or a later one
	private @Nullable Task taken;

	private SequentialExecutor(CallbackThreads threads, boolean priority, Consumer<Throwable> onFailure) {
		super(threads, priority, onFailure);
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
		Task newest = new Task(Objects.requireNonNull(task));
		do {
			newest.next = this.added;
		}
		while (!ADDED.compareAndSet(this, newest.next, newest));
		wakeUp();
	}

	@Override
	protected boolean processNext() {
		Task first = (this.taken != null) ? this.taken : takeAdded();
		if (first == null) {
			return false;
		}
		this.taken = first.next;
		first.task.run();
		return true;
	}

	private @Nullable Task takeAdded() {
		Task newest = (this.added != null) ? ADDED.getAndSet(this, null) : null;
		Task oldest = null;
		while (newest != null) {
			Task next = newest.next;
			newest.next = oldest;
			oldest = newest;
			newest = next;
		}
		return oldest;
	}

	@Override
	protected boolean isEmpty() {
		return this.taken == null && this.added == null;
	}

	/**
	 * A task that waits, linked to the next one of its list.
	 */
	private static final class Task {

		private final Runnable task;

		private @Nullable Task next;

		Task(Runnable task) {
			this.task = task;
		}

	}

}
