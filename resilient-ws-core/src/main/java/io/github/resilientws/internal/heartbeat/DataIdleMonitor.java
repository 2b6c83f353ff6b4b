package io.github.resilientws.internal.heartbeat;

import java.time.Duration;

import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Notices that a ready peer sends no more messages for listeners, even if it answers
 * heartbeats ({@code heartbeat.data-idle-timeout}). Confined to the client's executor.
 */
final class DataIdleMonitor {

	private final SerialExecutor executor;

	private final SilenceTimer silence;

	private boolean ready;

	DataIdleMonitor(SerialExecutor executor, Runnable onIdle) {
		this.executor = executor;
		this.silence = new SilenceTimer(executor, onIdle);
	}

	void ready(Duration limit) {
		this.ready = true;
		this.silence.heard(this.executor.nanoTime());
		update(limit);
	}

	void update(Duration limit) {
		if (this.ready) {
			this.silence.start(Nanos.of(limit));
		}
	}

	void onMessage(long nanos) {
		this.silence.heard(nanos);
	}

	void readingSuspended() {
		this.silence.pause();
	}

	void readingResumed() {
		this.silence.resume();
	}

	void stop() {
		this.ready = false;
		this.silence.stop();
	}

}
