package io.github.resilientws.internal.execution;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Threads for user code: listeners, completion of futures, customizers.
 */
public final class CallbackThreads implements AutoCloseable {

	private static final long CLOSE_MILLIS = 500;

	private final Executor threads;

	private final PriorityTasks completions;

	private final PriorityTasks attempts;

	private final HandOverQueue waiting;

	private final AutoCloseable closer;

	// set on threads that run callbacks
	private final ThreadLocal<Boolean> callback = new ThreadLocal<>();

	// written by a callback that closes this
	private volatile @Nullable JvmKeepAlive keepAlive;

	private CallbackThreads(Executor threads, PriorityTasks completions, PriorityTasks attempts, HandOverQueue waiting,
			AutoCloseable closer) {
		this.threads = threads;
		this.completions = completions;
		this.attempts = attempts;
		this.waiting = waiting;
		this.closer = closer;
	}

	/**
	 * Create a pool of platform threads.
	 * @param maxThreads largest number of threads, in addition to one that is reserved
	 * for the completion of futures and one that is reserved for attempts to connect
	 * @return the pool
	 */
	public static CallbackThreads platform(int maxThreads) {
		HandOverQueue waiting = new HandOverQueue();
		CallbackPool threads = pool("resilient-ws-", maxThreads, waiting);
		CallbackPool completing = pool("resilient-ws-reserve-", 1, new HandOverQueue());
		CallbackPool connecting = pool("resilient-ws-attempts-", 1, new HandOverQueue());
		PriorityTasks completions = new PriorityTasks(threads, completing);
		PriorityTasks attempts = new PriorityTasks(threads, connecting);
		return new CallbackThreads(threads, completions, attempts, waiting, () -> {
			long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
			threads.end(deadline);
			completing.end(deadline);
			runLast(completions.takeAll());
			connecting.end(deadline);
		});
	}

	/**
	 * Create a pool of virtual threads.
	 * @return the pool
	 */
	public static CallbackThreads virtual() {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("resilient-ws-");
		threads.setVirtualThreads(true);
		PriorityTasks tasks = new PriorityTasks(threads, threads);
		return new CallbackThreads(threads, tasks, tasks, new HandOverQueue(), threads);
	}

	/**
	 * Run a task that may block.
	 * @param task the task
	 * @return {@code false} if the application has ended and the task will not run
	 */
	public boolean execute(Runnable task) {
		try {
			this.threads.execute(task);
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
		catch (OutOfMemoryError ex) {
			// no further thread can be created: an existing thread takes it
			this.waiting.enqueue(task);
		}
		return true;
	}

	/**
	 * Run a task that must not wait for blocked listeners, because they may wait for it.
	 * @param task the task
	 * @return {@code false} if the application has ended and the task will not run
	 */
	public boolean executeWithPriority(Runnable task) {
		return execute(new PriorityTask(task, this.completions));
	}

	/**
	 * Run a task that an attempt to connect waits for: listeners that wait for the
	 * connection must not take all threads.
	 * @param task the task
	 * @throws RejectedExecutionException if the application has ended
	 */
	public void executeForAttempt(Runnable task) {
		if (!execute(new PriorityTask(task, this.attempts))) {
			throw new RejectedExecutionException("the application has ended");
		}
	}

	/**
	 * Run a task that may block, even if the application has ended, and then another one,
	 * even if the first one fails.
	 * @param task the task
	 * @param afterwards runs afterwards on the same thread
	 */
	public void executeLast(Runnable task, Runnable afterwards) {
		Runnable both = () -> {
			try {
				task.run();
			}
			finally {
				afterwards.run();
			}
		};
		try {
			executeForAttempt(both);
		}
		catch (RejectedExecutionException ex) {
			runLast(both);
		}
	}

	/** The caller's thread is going to run callbacks. */
	void enterCallbacks() {
		this.callback.set(Boolean.TRUE);
	}

	/** A callback has returned on the caller's thread. */
	void onReturn() {
		JvmKeepAlive current = this.keepAlive;
		if (current != null) {
			current.onReturn();
		}
	}

	/** The caller's thread runs no further callbacks. */
	void leaveCallbacks() {
		this.callback.remove();
		onReturn();
	}

	/**
	 * The application ends. If the caller is a callback, the JVM stays alive until the
	 * callback has returned, for a limited time.
	 */
	public void keepJvmAliveForCaller() {
		if (this.callback.get() != null) {
			this.keepAlive = JvmKeepAlive.start();
		}
	}

	/**
	 * Return whether tasks wait for a thread of the pool.
	 * @return whether no thread is free
	 */
	boolean isExhausted() {
		return !this.waiting.isEmpty();
	}

	int waiting() {
		return this.waiting.size();
	}

	@Override
	public void close() {
		try {
			this.closer.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException("threads did not end", ex);
		}
	}

	private static CallbackPool pool(String prefix, int threads, HandOverQueue waiting) {
		return new CallbackPool(prefix, threads, waiting, (task, pool) -> enqueue(task, pool, waiting));
	}

	// no thread is free, and the pool must not grow
	private static void enqueue(Runnable task, ThreadPoolExecutor pool, HandOverQueue waiting) {
		if (pool.isShutdown()) {
			throw new RejectedExecutionException("the application has ended");
		}
		if (task instanceof PriorityTask priority) {
			priority.tasks().add(priority.task());
		}
		else {
			waiting.enqueue(task);
		}
	}

	// callbacks block all threads: futures must be completed nevertheless
	private static void runLast(List<Runnable> tasks) throws InterruptedException {
		if (!tasks.isEmpty()) {
			runLast(() -> tasks.forEach(Runnable::run)).join(CLOSE_MILLIS);
		}
	}

	/**
	 * Run a task after the pool was closed, not on the caller's thread, which may hold a
	 * lock.
	 * @param task the task
	 * @return the thread that runs it
	 */
	public static Thread runLast(Runnable task) {
		Thread thread = new Thread(task, "resilient-ws-last");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * A task that another queue takes if no thread of the pool is free.
	 *
	 * @param task the task
	 * @param tasks the queue in which it waits
	 */
	private record PriorityTask(Runnable task, PriorityTasks tasks) implements Runnable {

		@Override
		public void run() {
			this.task.run();
		}

	}

	/**
	 * Takes a task from the executor only if a thread waits for it, so that the pool
	 * grows before tasks queue, and not while threads are idle.
	 */
	private static final class HandOverQueue extends LinkedTransferQueue<Runnable> {

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		// add() and put() call offer() on some JDKs
		void enqueue(Runnable task) {
			super.offer(task);
		}

	}

	/**
	 * Keeps the JVM alive until a callback that closes the application has returned.
	 * Callback threads are daemons: when the close has ended all other threads, the JVM
	 * would end with exit code 0 before the callback calls {@code System.exit}.
	 */
	private static final class JvmKeepAlive {

		// by default, Docker kills a container that takes longer to stop
		private static final long LIMIT_SECONDS = 10;

		private final Thread callback;

		private final CountDownLatch returned = new CountDownLatch(1);

		private JvmKeepAlive(Thread callback) {
			this.callback = callback;
		}

		/**
		 * Keep the JVM alive until the callback that is the caller has returned.
		 * @return receives the return of callbacks
		 */
		static JvmKeepAlive start() {
			JvmKeepAlive keepAlive = new JvmKeepAlive(Thread.currentThread());
			Thread thread = new Thread(keepAlive::await, "resilient-ws-keep-alive");
			thread.setDaemon(false);
			thread.start();
			return keepAlive;
		}

		private void await() {
			try {
				this.returned.await(LIMIT_SECONDS, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		/** A callback has returned on the caller's thread. */
		void onReturn() {
			if (Thread.currentThread() == this.callback) {
				this.returned.countDown();
			}
		}

	}

}
