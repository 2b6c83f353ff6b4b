package io.github.resilientws.internal.heartbeat;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Notices that a peer sends nothing, or no messages for listeners even if it answers
 * heartbeats ({@code heartbeat.data-idle-timeout}). Most connections have neither limit
 * and no timer. Confined to the client's executor.
 */
final class SilenceMonitor {

	private final SerialExecutor executor;

	private @Nullable SilenceTimer input;

	private @Nullable SilenceTimer messages;

	// a connection does not read before the first call of resumeReading()
	private boolean paused = true;

	SilenceMonitor(SerialExecutor executor) {
		this.executor = executor;
	}

	/**
	 * Limit the time without input. It counts from the last input, or from the first
	 * limit if that is later.
	 * @param limit the limit; zero for none
	 * @param onSilence runs when the limit has expired
	 */
	void limitInput(Duration limit, Runnable onSilence) {
		this.input = start(this.input, limit, onSilence);
	}

	/**
	 * Limit the time without messages for listeners. It counts from the last message, or
	 * from the first limit if that is later.
	 * @param limit the limit; zero for none
	 * @param onSilence runs when the limit has expired
	 */
	void limitMessages(Duration limit, Runnable onSilence) {
		this.messages = start(this.messages, limit, onSilence);
	}

	private @Nullable SilenceTimer start(@Nullable SilenceTimer known, Duration limit, Runnable onSilence) {
		SilenceTimer timer = (known != null || limit.isZero()) ? known
				: new SilenceTimer(this.executor, onSilence, this.paused);
		if (timer != null) {
			timer.start(Nanos.of(limit));
		}
		return timer;
	}

	void onRead(long nanos) {
		if (this.input != null) {
			this.input.heard(nanos);
		}
	}

	void onMessage(long nanos) {
		if (this.messages != null) {
			this.messages.heard(nanos);
		}
	}

	void pause() {
		this.paused = true;
		if (this.input != null) {
			this.input.pause();
		}
		if (this.messages != null) {
			this.messages.pause();
		}
	}

	void resume() {
		this.paused = false;
		if (this.input != null) {
			this.input.resume();
		}
		if (this.messages != null) {
			this.messages.resume();
		}
	}

	void stop() {
		if (this.input != null) {
			this.input.stop();
		}
		if (this.messages != null) {
			this.messages.stop();
		}
	}

}
