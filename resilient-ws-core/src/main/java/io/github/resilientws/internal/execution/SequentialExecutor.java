package io.github.resilientws.internal.execution;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one client one after another on threads of the pool.
 */
public final class SequentialExecutor implements Executor {

	private static final Log logger = LogFactory.getLog(SequentialExecutor.class);

	// afterwards other lanes have their turn
	private static final int TASKS_IN_A_ROW = 256;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

	private final String client;

	private final CallbackThreads pool;

	private final boolean urgent;

	// a task of this lane that waits for a thread serves whatever comes until it runs
	private final AtomicBoolean queued = new AtomicBoolean();

	private final AtomicBoolean queuedOnReserve = new AtomicBoolean();

	// written by the thread that drains, and compared and looked at by others
	private volatile @Nullable Thread thread;

	private SequentialExecutor(String client, CallbackThreads pool, boolean urgent) {
		this.client = client;
		this.pool = pool;
		this.urgent = urgent;
	}

	public static SequentialExecutor of(String client, CallbackThreads pool) {
		return new SequentialExecutor(client, pool, false);
	}

	/**
	 * Make a lane that does not wait for blocked listeners, because they may wait for it.
	 * @param client name of the client, for the log
	 * @param pool where threads come from
	 * @return the lane
	 */
	public static SequentialExecutor urgent(String client, CallbackThreads pool) {
		return new SequentialExecutor(client, pool, true);
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		start();
	}

	private void start() {
		if (this.phase.get() != Phase.IDLE || !this.phase.compareAndSet(Phase.IDLE, Phase.SCHEDULED)) {
			return;
		}
		if (this.queued.compareAndSet(false, true) && !this.pool.execute(() -> drain(this.queued))) {
			runLastIfUrgent();
		}
		if (this.urgent && this.pool.isExhausted() && this.queuedOnReserve.compareAndSet(false, true)) {
			this.pool.executeOnReserve(() -> drain(this.queuedOnReserve));
		}
	}

	// the application has ended; whoever waits for a future still gets it
	private void runLastIfUrgent() {
		if (this.urgent) {
			CallbackThreads.runLast(() -> drain(this.queued));
		}
	}

	/**
	 * Return whether the caller is a task of this lane.
	 * @return whether it is
	 */
	public boolean isCurrent() {
		return this.thread == Thread.currentThread();
	}

	/**
	 * Return the thread that runs a task.
	 * @return the thread, or {@code null} if no task runs at the moment
	 */
	public @Nullable Thread getThread() {
		return this.thread;
	}

	private void drain(AtomicBoolean place) {
		place.set(false);
		if (!this.phase.compareAndSet(Phase.SCHEDULED, Phase.RUNNING)) {
			return;
		}
		this.thread = Thread.currentThread();
		Runnable task = this.tasks.poll();
		for (int i = 1; task != null; i++) {
			run(task);
			task = (i < TASKS_IN_A_ROW) ? this.tasks.poll() : null;
		}
		this.thread = null;
		this.phase.set(Phase.IDLE);
		if (!this.tasks.isEmpty()) {
			start();
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			// messages of exceptions may carry payloads, so only the class is told
			logger.warn("[" + this.client + "] a callback failed: " + ex.getClass().getName());
		}
	}

	private enum Phase {

		IDLE, SCHEDULED, RUNNING

	}

}
