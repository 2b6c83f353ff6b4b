package io.github.resilientws.internal.delivery;

import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.admission.OutboxEntry.Phase;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.outbox.DeliveryMonitor;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Notices messages that are not acknowledged in time on one connection. Its clock is
 * paused while acknowledgements cannot be read or messages may still be in transit.
 * Confined to the client's executor.
 */
final class AcknowledgementTimer implements DeliveryMonitor {

	private final SerialExecutor executor;

	private final PeerLiveness liveness;

	private final Outbox outbox;

	private final AtLeastOnce deliveryMode;

	private final long timeoutNanos;

	private final RestartableTimer timer;

	private State state = State.TIMING;

	private boolean readable;

	private boolean writable = true;

	// when the clock was paused, and for how long it was paused before
	private long pausedNanos;

	private long totalPausedNanos;

	AcknowledgementTimer(SerialExecutor executor, PeerLiveness liveness, Outbox outbox, AtLeastOnce deliveryMode,
			long timeoutNanos) {
		this.executor = executor;
		this.liveness = liveness;
		this.outbox = outbox;
		this.deliveryMode = deliveryMode;
		this.timeoutNanos = timeoutNanos;
		this.timer = new RestartableTimer(executor);
		this.pausedNanos = executor.nanoTime();
	}

	@Override
	public void start() {
		this.deliveryMode.onConnectionInUse(this);
	}

	void stop() {
		this.state = State.STOPPED;
		this.timer.cancel();
	}

	/**
	 * A message was handed to the operating system.
	 * @param entry the message
	 * @param now present time of this clock
	 */
	void written(OutboxEntry entry, long now) {
		entry.written(now, this.liveness.reads());
		if (!this.timer.isSet() && isRunning()) {
			arm(this.timeoutNanos);
		}
	}

	@Override
	public void readable(boolean readable) {
		turn(readable, this.writable);
	}

	@Override
	public void writable(boolean writable) {
		turn(this.readable, writable);
	}

	@Override
	public void onRead() {
		if (this.state == State.AWAITING_PROOF) {
			this.state = State.TIMING;
			// acknowledgements may be among the bytes that were read
			this.executor.execute(this::check);
		}
	}

	private void turn(boolean readable, boolean writable) {
		boolean wasRunning = isRunning();
		this.readable = readable;
		this.writable = writable;
		if (wasRunning && !isRunning()) {
			this.pausedNanos = this.executor.nanoTime();
			this.timer.cancel();
		}
		else if (!wasRunning && isRunning()) {
			this.totalPausedNanos += this.executor.nanoTime() - this.pausedNanos;
			armForFirst();
		}
	}

	private boolean isRunning() {
		return this.readable && this.writable && this.state != State.STOPPED;
	}

	long now() {
		return (isRunning() ? this.executor.nanoTime() : this.pausedNanos) - this.totalPausedNanos;
	}

	private void arm(long nanos) {
		this.timer.set(this::check, nanos);
	}

	private void armForFirst() {
		OutboxEntry first = this.outbox.firstInFlight();
		if (first != null && first.phase() == Phase.SENT) {
			arm(Math.max(0, first.writtenNanos() + this.timeoutNanos - now()));
		}
	}

	private void check() {
		this.timer.cancel();
		if (!isRunning() || this.state == State.AWAITING_PROOF) {
			return;
		}
		List<OutboxEntry> overdue = new ArrayList<>();
		OutboxEntry entry = this.outbox.firstInFlight();
		while (entry != null && isOverdue(entry) && !isLifeInDoubt(entry)) {
			overdue.add(entry);
			entry = entry.next();
		}
		boolean inDoubt = entry != null && isOverdue(entry);
		if (!overdue.isEmpty()) {
			this.deliveryMode.onTimeout(overdue);
		}
		if (!isRunning()) {
			return;
		}
		if (inDoubt) {
			// last, because it may end the connection
			this.state = State.AWAITING_PROOF;
			this.liveness.requestProof();
		}
		else {
			// messages that were just resent are no longer the first
			armForFirst();
		}
	}

	// only a heartbeat shows whether a silent peer is alive
	private boolean isLifeInDoubt(OutboxEntry entry) {
		return this.liveness.isMonitored() && this.liveness.reads() == entry.readsBefore();
	}

	private boolean isOverdue(OutboxEntry entry) {
		return entry.phase() == Phase.SENT && now() - entry.writtenNanos() >= this.timeoutNanos;
	}

	private enum State {

		/** The first message in flight is timed, unless the clock is paused. */
		TIMING,

		/** A heartbeat is in progress; its result shows whether the peer lives. */
		AWAITING_PROOF,

		/** Messages are sent over another connection. */
		STOPPED

	}

}
