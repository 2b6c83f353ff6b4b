package io.github.resilientws.internal.outbox;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Schedules the search for waiting messages whose time to live has expired. One search
 * covers the whole log, so not every deadline needs a timer. Confined to the client's
 * executor.
 */
final class ExpirySweep {

	private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final SerialExecutor executor;

	private final Runnable sweep;

	private SerialExecutor.@Nullable Timer timer;

	private long dueNanos;

	/**
	 * Create a sweep.
	 * @param executor the client's executor
	 * @param sweep ends expired messages and schedules the others again
	 */
	ExpirySweep(SerialExecutor executor, Runnable sweep) {
		this.executor = executor;
		this.sweep = sweep;
	}

	/**
	 * Make sure that a search follows the deadline of a message.
	 * @param entry the message, which waits and expires
	 */
	void watch(OutboxEntry entry) {
		long now = this.executor.nanoTime();
		scheduleAt(now, now + entry.remainingNanos(now));
	}

	void cancel() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void scheduleAt(long now, long due) {
		if (this.timer != null) {
			if (this.dueNanos - due <= MIN_DELAY_NANOS) {
				return;
			}
			this.timer.cancel();
		}
		long delay = Math.max(due - now, MIN_DELAY_NANOS);
		this.dueNanos = now + delay;
		this.timer = this.executor.schedule(this::run, delay);
	}

	private void run() {
		this.timer = null;
		this.sweep.run();
	}

}
