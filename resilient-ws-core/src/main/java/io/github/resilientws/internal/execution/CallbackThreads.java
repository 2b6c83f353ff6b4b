package io.github.resilientws.internal.execution;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Threads for user code: listeners, completions, customizers.
 */
public final class CallbackThreads implements AutoCloseable {

	private static final long CLOSE_MILLIS = 500;

	private final Executor threads;

	private final Executor reserve;

	private final Executor supplyReserve;

	private final HandOverQueue waiting;

	private final AutoCloseable closer;

	private CallbackThreads(Executor threads, Executor reserve, Executor supplyReserve, HandOverQueue waiting,
			AutoCloseable closer) {
		this.threads = threads;
		this.reserve = reserve;
		this.supplyReserve = supplyReserve;
		this.waiting = waiting;
		this.closer = closer;
	}

	/**
	 * Make a pool of platform threads.
	 * @param maxThreads largest number of threads, besides one reserved for completions
	 * @return the pool
	 */
	public static CallbackThreads platform(int maxThreads) {
		HandOverQueue waiting = new HandOverQueue();
		CallbackPool threads = pool("resilient-ws-", maxThreads, waiting);
		CallbackPool reserve = pool("resilient-ws-reserve-", 1, new HandOverQueue());
		CallbackPool supply = pool("resilient-ws-supply-", 1, new HandOverQueue());
		return new CallbackThreads(threads, reserve, supply, waiting, () -> {
			long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
			threads.end(deadline);
			runLast(reserve.end(deadline));
			supply.end(deadline);
		});
	}

	/**
	 * Make a pool of virtual threads.
	 * @return the pool
	 */
	public static CallbackThreads virtual() {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("resilient-ws-");
		threads.setVirtualThreads(true);
		return new CallbackThreads(threads, threads, threads, new HandOverQueue(), threads);
	}

	/**
	 * Run a task that may block.
	 * @param task the task
	 * @return {@code false} if the application has ended and the task will not run
	 */
	public boolean execute(Runnable task) {
		return execute(this.threads, task);
	}

	/**
	 * Return whether tasks wait for a thread.
	 * @return whether all threads are taken
	 */
	public boolean isExhausted() {
		return !this.waiting.isEmpty();
	}

	/**
	 * Run a task that must not wait for blocked listeners, because they may wait for it.
	 * @param task the task
	 * @return {@code false} if the application has ended and the task will not run
	 */
	public boolean executeOnReserve(Runnable task) {
		return execute(this.reserve, task);
	}

	/**
	 * Run a task that an attempt to connect waits for: listeners that wait for the
	 * connection must not keep it from a thread.
	 * @param task the task
	 * @throws RejectedExecutionException if the application has ended
	 */
	public void executeSupply(Runnable task) {
		AtomicBoolean begun = new AtomicBoolean();
		Runnable once = () -> {
			if (begun.compareAndSet(false, true)) {
				task.run();
			}
		};
		if (!execute(once)) {
			throw new RejectedExecutionException("the application has ended");
		}
		if (isExhausted()) {
			execute(this.supplyReserve, once);
		}
	}

	private boolean execute(Executor executor, Runnable task) {
		try {
			executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
		catch (OutOfMemoryError ex) {
			// no further thread can be made: one that lives takes it
			this.waiting.enqueue(task);
		}
		return true;
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

	private static void enqueue(Runnable task, ThreadPoolExecutor pool, HandOverQueue waiting) {
		if (pool.isShutdown()) {
			throw new RejectedExecutionException("the application has ended");
		}
		waiting.enqueue(task);
	}

	// callbacks block all threads: whoever else waits for a future still gets it
	private static void runLast(List<Runnable> tasks) throws InterruptedException {
		if (!tasks.isEmpty()) {
			runLast(() -> tasks.forEach(Runnable::run)).join(CLOSE_MILLIS);
		}
	}

	/**
	 * Run a task after the pool was closed: not on the caller's thread, which may hold a
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

}
