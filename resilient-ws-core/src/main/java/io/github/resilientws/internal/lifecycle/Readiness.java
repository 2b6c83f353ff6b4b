package io.github.resilientws.internal.lifecycle;

import java.time.Duration;

import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The times without readiness, and the end of a series of attempts when readiness has
 * lasted. Confined to the client's executor.
 */
final class Readiness {

	private final SerialExecutor executor;

	private final StateHolder states;

	private final ReconnectSchedule schedule;

	private long endedNanos;

	Readiness(SerialExecutor executor, StateHolder states, ReconnectSchedule schedule) {
		this.executor = executor;
		this.states = states;
		this.schedule = schedule;
	}

	/**
	 * The client is ready.
	 * @return how long it was not ready
	 */
	Duration begin() {
		return Duration.ofNanos(this.executor.nanoTime() - this.endedNanos);
	}

	/** The client is about to leave {@code READY}, if it is in that state. */
	void end() {
		if (this.states.isSeriesOver()) {
			this.schedule.reset();
		}
		this.endedNanos = this.executor.nanoTime();
	}

}
