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

	// a connection does not read before the first call of resumeReading()
	private boolean paused = true;

	SilenceTimer(SerialExecutor executor, Runnable onSilence) {
		this.executor = executor;
		this.onSilence = onSilence;
		this.timer = new RestartableTimer(executor);
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
