package io.github.resilientws.internal.execution;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.SerialExecutor;

/**
 * A timer that can be set again. If it fires late (garbage collection, a stopped
 * process), pending input of the socket is read first. Confined to the client's executor.
 */
public final class RestartableTimer {

	private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	// long enough to read pending input
	private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final SerialExecutor executor;

	private SerialExecutor.@Nullable Timer timer;

	public RestartableTimer(SerialExecutor executor) {
		this.executor = executor;
	}

	public void set(Runnable task, long nanos) {
		cancel();
		long due = this.executor.nanoTime() + nanos;
		this.timer = this.executor.schedule(() -> fire(task, due), nanos);
	}

	public boolean isSet() {
		return this.timer != null;
	}

	public void cancel() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void fire(Runnable task, long due) {
		if (this.executor.nanoTime() - due > LATE_NANOS) {
			this.timer = this.executor.schedule(() -> run(task), GRACE_NANOS);
		}
		else {
			run(task);
		}
	}

	private void run(Runnable task) {
		this.timer = null;
		task.run();
	}

}
