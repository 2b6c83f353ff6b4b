package io.github.resilientws.internal.lifecycle;

import java.time.Duration;

import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The times with and without readiness. Confined to the client's executor.
 */
final class Readiness {

	private final SerialExecutor executor;

	private final RestartableTimer timer;

	private long endedNanos;

	Readiness(SerialExecutor executor) {
		this.executor = executor;
		this.timer = new RestartableTimer(executor);
	}

	/**
	 * The client is ready.
	 * @param onLasting runs if it stays ready
	 * @param lasting for so long
	 * @return how long it was not ready
	 */
	Duration begin(Runnable onLasting, Duration lasting) {
		this.timer.set(onLasting, lasting.toNanos());
		return Duration.ofNanos(this.executor.nanoTime() - this.endedNanos);
	}

	/** The client is not ready from now on. */
	void end() {
		this.endedNanos = this.executor.nanoTime();
		this.timer.cancel();
	}

}
