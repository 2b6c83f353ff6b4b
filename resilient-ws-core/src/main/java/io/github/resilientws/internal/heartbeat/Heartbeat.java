package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * One heartbeat that was handed to the socket, and its time-out. The time-out restarts
 * when the socket takes bytes while the heartbeat waits to be written, and when the
 * heartbeat is written. Confined to the client's executor.
 */
final class Heartbeat implements WriteListener {

	// checks of the progress of the socket per time-out
	private static final int SAMPLES = 10;

	private final long number;

	private final HeartbeatStrategy strategy;

	private final SerialExecutor executor;

	private final WebSocketConnection socket;

	private final long sentNanos;

	private final long timeoutNanos;

	private Phase phase = Phase.QUEUED;

	// start of the time-out
	private long sinceNanos;

	private long bytesTaken;

	Heartbeat(long number, HeartbeatStrategy strategy, SerialExecutor executor, WebSocketConnection socket,
			long timeoutNanos) {
		this.number = number;
		this.strategy = strategy;
		this.executor = executor;
		this.socket = socket;
		this.timeoutNanos = timeoutNanos;
		this.sentNanos = executor.nanoTime();
		this.sinceNanos = this.sentNanos;
		this.bytesTaken = socket.getBytesTaken();
	}

	/**
	 * Return the number of the heartbeat.
	 * @return number of the heartbeat on this connection, from 1
	 */
	long number() {
		return this.number;
	}

	@Override
	public void onWritten(int written, int started, @Nullable Throwable failure) {
		if (failure == null && this.phase == Phase.QUEUED) {
			this.phase = Phase.WRITTEN;
			this.sinceNanos = this.executor.nanoTime();
		}
	}

	/**
	 * Bytes arrived.
	 * @return whether they are the first answer to this heartbeat
	 */
	boolean onRead() {
		if (this.phase != Phase.WRITTEN) {
			return false;
		}
		this.phase = Phase.ANSWERED;
		return this.strategy.isAnsweredByAnyInput();
	}

	/**
	 * The answer to this heartbeat arrived.
	 * @return time from the heartbeat to its answer, or {@code null} if the round trip is
	 * already known
	 */
	@Nullable Duration onAnswer() {
		if (this.phase == Phase.MEASURED) {
			return null;
		}
		this.phase = Phase.MEASURED;
		return Duration.ofNanos(elapsedNanos());
	}

	/**
	 * Return whether a pong is the answer to this heartbeat.
	 * @param payload payload of the pong
	 * @return whether it is
	 */
	boolean isAnswer(ByteBuffer payload) {
		return this.strategy.isAnswer(this, payload);
	}

	/**
	 * Return whether the heartbeat was written, which an answer implies.
	 * @return {@code false} while it waits for the socket
	 */
	boolean isWritten() {
		return this.phase != Phase.QUEUED;
	}

	/**
	 * Return whether anything arrived after the heartbeat was written.
	 * @return whether the peer was alive then
	 */
	boolean isAnswered() {
		return this.phase == Phase.ANSWERED || isMeasured();
	}

	/**
	 * Return whether the answer to this heartbeat arrived.
	 * @return whether the round trip is known
	 */
	boolean isMeasured() {
		return this.phase == Phase.MEASURED;
	}

	/** Restart the time-out of a heartbeat that still waits for the socket. */
	void restart() {
		this.sinceNanos = this.executor.nanoTime();
	}

	/**
	 * Reading was suspended, so no answer could be read: that time does not count for a
	 * heartbeat that was written.
	 * @param suspendedNanos when reading was suspended
	 */
	void onReadingResumed(long suspendedNanos) {
		if (isWritten()) {
			long now = this.executor.nanoTime();
			this.sinceNanos += Math.min(now - suspendedNanos, now - this.sinceNanos);
		}
	}

	/**
	 * Return the time that passed since the heartbeat was due.
	 * @return nanoseconds
	 */
	long elapsedNanos() {
		return this.executor.nanoTime() - this.sentNanos;
	}

	/**
	 * Check whether the socket took bytes while the heartbeat waits; if so, restart the
	 * time-out.
	 * @return whether it took bytes since the last call; {@code false} once the heartbeat
	 * is written
	 */
	boolean hasProgress() {
		long taken = this.socket.getBytesTaken();
		if (isWritten() || taken == this.bytesTaken) {
			return false;
		}
		this.bytesTaken = taken;
		restart();
		return true;
	}

	/**
	 * Return the remaining time-out.
	 * @return nanoseconds; zero or less if it has expired
	 */
	long leftNanos() {
		return this.sinceNanos + this.timeoutNanos - this.executor.nanoTime();
	}

	/**
	 * Return the delay until the next check of the heartbeat: the socket does not signal
	 * its progress.
	 * @return nanoseconds; zero or less if the time-out has expired
	 */
	long nextLookNanos() {
		return isWritten() ? leftNanos() : Math.min(leftNanos(), Math.max(1, this.timeoutNanos / SAMPLES));
	}

	private enum Phase {

		/** Waits for the socket. */
		QUEUED,

		/** Handed to the operating system; nothing was read since. */
		WRITTEN,

		/** Something was read since: the peer lives. */
		ANSWERED,

		/** The answer arrived: the round trip is known. */
		MEASURED

	}

}
