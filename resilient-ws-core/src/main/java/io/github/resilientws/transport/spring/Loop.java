package io.github.resilientws.transport.spring;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * One thread with a queue of tasks, which several clients share.
 */
final class Loop {

	private final ScheduledThreadPoolExecutor executor;

	private volatile @Nullable Thread thread;

	Loop(ThreadFactory threads) {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			this.thread = threads.newThread(task);
			return this.thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	ScheduledThreadPoolExecutor executor() {
		return this.executor;
	}

	boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * End after the waiting tasks and the tasks that they post.
	 */
	void shutDown() {
		LoopExecutor last = new LoopExecutor(this);
		last.post(() -> last.post(this.executor::shutdown));
	}

	/**
	 * Wait until the thread has ended.
	 * @param nanos how long to wait, at most
	 */
	void awaitEnd(long nanos) {
		try {
			this.executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.executor.shutdownNow();
		}
	}

}
