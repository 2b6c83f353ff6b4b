package io.github.resilientws.internal.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.util.CustomizableThreadCreator;

/**
 * A pool of daemon threads, which a thread of the pool may close.
 */
final class CallbackPool extends ThreadPoolExecutor {

	private static final long IDLE_SECONDS = 30;

	private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

	CallbackPool(String prefix, int maxThreads, BlockingQueue<Runnable> queue, RejectedExecutionHandler handler) {
		super(1, maxThreads, IDLE_SECONDS, TimeUnit.SECONDS, queue, handler);
		CustomizableThreadCreator creator = new CustomizableThreadCreator(prefix);
		creator.setDaemon(true);
		setThreadFactory((worker) -> creator.createThread(() -> work(worker)));
	}

	private void work(Runnable worker) {
		this.workers.add(Thread.currentThread());
		try {
			worker.run();
		}
		finally {
			this.workers.remove(Thread.currentThread());
		}
	}

	/**
	 * Wait until the tasks have ended; if they take longer, drop those that wait and
	 * interrupt those that run. A task that calls this itself is neither waited for nor
	 * interrupted.
	 * @param deadline until when to wait, in terms of {@code System.nanoTime()}
	 * @throws InterruptedException if the caller is interrupted
	 */
	void end(long deadline) throws InterruptedException {
		shutdown();
		List<Thread> others = new ArrayList<>(this.workers);
		others.remove(Thread.currentThread());
		for (Thread thread : others) {
			// a limit of 0 would mean to wait without a limit
			thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
		}
		if (others.stream().noneMatch(Thread::isAlive)) {
			return;
		}
		getQueue().clear();
		others.forEach(Thread::interrupt);
	}

}
