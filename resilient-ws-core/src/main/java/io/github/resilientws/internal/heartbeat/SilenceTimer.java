package io.github.resilientws.internal.heartbeat;

import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Notices that no input of one kind arrived within a limit. It is paused while the
 * connection is not read. Confined to the client's executor.
 */
final class SilenceTimer {

	private final SerialExecutor executor;

	private final Runnable onSilence;

	private final RestartableTimer timer;

	// zero: no limit
	private long limitNanos;

	private long heardNanos;

	private boolean paused;

	/**
	 * Create a timer. The silence counts from now.
	 * @param executor the client's executor
	 * @param onSilence runs after the limit
	 * @param paused whether the connection is not read at present
	 */
	SilenceTimer(SerialExecutor executor, Runnable onSilence, boolean paused) {
		this.executor = executor;
		this.onSilence = onSilence;
		this.timer = new RestartableTimer(executor);
		this.paused = paused;
		this.heardNanos = executor.nanoTime();
	}

	/**
	 * Start monitoring. The silence counts from the last input.
	 * @param limitNanos the limit in nanoseconds; zero for none
	 */
	void start(long limitNanos) {
		this.limitNanos = limitNanos;
		this.timer.cancel();
		check();
	}

	void stop() {
		this.limitNanos = 0;
		this.timer.cancel();
	}

	void heard(long nanos) {
		this.heardNanos = nanos;
	}

	void pause() {
		this.paused = true;
		this.timer.cancel();
	}

	void resume() {
		this.paused = false;
		this.heardNanos = this.executor.nanoTime();
		check();
	}

	private void check() {
		if (this.limitNanos > 0 && !this.paused) {
			long left = this.heardNanos + this.limitNanos - this.executor.nanoTime();
			this.timer.set(this::onTimeout, Math.max(0, left));
		}
	}

	private void onTimeout() {
		if (this.executor.nanoTime() - this.heardNanos >= this.limitNanos) {
			this.onSilence.run();
		}
		else {
			check();
		}
	}

}
