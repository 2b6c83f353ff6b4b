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

	private boolean armed;

	private boolean readable;

	private boolean writable = true;

	private boolean stopped;

	// when the clock was paused, and for how long it was paused before
	private long pausedNanos;

	private long totalPausedNanos;

	// a heartbeat is in progress; its result shows whether the peer lives
	private boolean awaitingProof;

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
		this.stopped = true;
		this.timer.cancel();
	}

	/**
	 * A message was handed to the operating system.
	 * @param entry the message
	 * @param now present time of this clock
	 */
	void written(OutboxEntry entry, long now) {
		entry.written(now, this.liveness.reads());
		if (!this.armed && isRunning()) {
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
		if (this.awaitingProof) {
			this.awaitingProof = false;
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
			this.armed = false;
		}
		else if (!wasRunning && isRunning()) {
			this.totalPausedNanos += this.executor.nanoTime() - this.pausedNanos;
			armForFirst();
		}
	}

	private boolean isRunning() {
		return this.readable && this.writable && !this.stopped;
	}

	long now() {
		return (isRunning() ? this.executor.nanoTime() : this.pausedNanos) - this.totalPausedNanos;
	}

	private void arm(long nanos) {
		this.armed = true;
		this.timer.set(this::check, nanos);
	}

	private void armForFirst() {
		OutboxEntry first = this.outbox.firstInFlight();
		if (first != null && first.phase() == Phase.SENT) {
			arm(Math.max(0, first.writtenNanos() + this.timeoutNanos - now()));
		}
	}

	private void check() {
		this.armed = false;
		if (!isRunning() || this.awaitingProof) {
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
			this.awaitingProof = true;
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

}
