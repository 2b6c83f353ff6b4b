package io.github.resilientws.store.jdbc;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs the cycles of one store, one at a time, when a signal comes or a delay has passed.
 */
final class CycleScheduler {

	/** After so many cycles, other stores have their turn. */
	private static final int MOST_CYCLES = 64;

	private static final int IDLE = 0;

	private static final int RUNNING = 1;

	/** A signal came during the cycle. */
	private static final int SIGNALLED = 2;

	private final AtomicInteger state = new AtomicInteger();

	private final StoreThreads threads;

	private final LongSupplier cycle;

	private final Runnable onTimer;

	private final Runnable onRejection;

	// used by cycles only
	private @Nullable ScheduledFuture<?> timer;

	private long timerAt;

	private volatile boolean timerSet;

	/**
	 * Create a scheduler.
	 * @param threads run the cycles
	 * @param cycle runs one cycle, and returns the nanoseconds until the next one; 0 for
	 * at once, a negative number to wait for a signal
	 * @param onTimer called when a delay has passed
	 * @param onRejection called when the threads are closed
	 */
	CycleScheduler(StoreThreads threads, LongSupplier cycle, Runnable onTimer, Runnable onRejection) {
		this.threads = threads;
		this.cycle = cycle;
		this.onTimer = onTimer;
		this.onRejection = onRejection;
	}

	/** Run a cycle soon: one that begins after this call. */
	void signal() {
		if (this.state.getAndUpdate((before) -> (before == IDLE) ? RUNNING : SIGNALLED) == IDLE) {
			execute();
		}
	}

	private void execute() {
		try {
			this.threads.execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			this.onRejection.run();
		}
	}

	private void run() {
		for (int i = 0; i < MOST_CYCLES; i++) {
			this.state.set(RUNNING);
			long delay = this.cycle.getAsLong();
			if (delay > 0) {
				schedule(delay);
			}
			if (delay != 0 && this.state.compareAndSet(RUNNING, IDLE)) {
				return;
			}
		}
		execute();
	}

	private void schedule(long delay) {
		long at = System.nanoTime() + delay;
		ScheduledFuture<?> current = this.timer;
		if (this.timerSet && this.timerAt - at <= 0) {
			return;
		}
		if (current != null) {
			current.cancel(false);
		}
		this.timerAt = at;
		this.timerSet = true;
		try {
			this.timer = this.threads.schedule(this::onTimer, delay);
		}
		catch (RejectedExecutionException ex) {
			this.onRejection.run();
		}
	}

	// from here on the cycle that follows has to set the timer again
	private void onTimer() {
		this.timerSet = false;
		this.onTimer.run();
	}

}
