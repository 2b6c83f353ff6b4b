package io.github.resilientws.internal.delivery;

import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.internal.outbox.OutboxEntry.Phase;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Notices what is not acknowledged in time on one connection. Its clock stands still
 * while an acknowledgement could not be seen, or the messages may still be on their way.
 * Confined to the client's executor.
 */
public final class AcknowledgementTimer {

	private final SerialExecutor executor;

	private final PeerLiveness liveness;

	private final Outbox outbox;

	private final AtLeastOnce guarantee;

	private final long timeoutNanos;

	private final RestartableTimer alarm;

	private boolean armed;

	private boolean readable;

	private boolean writable = true;

	private boolean stopped;

	// when the clock was stopped, and for how long it was before
	private long stoppedNanos;

	private long stoodNanos;

	// a heartbeat is under way that ends it, or the connection
	private boolean awaitingLife;

	public AcknowledgementTimer(SerialExecutor executor, PeerLiveness liveness, Outbox outbox, AtLeastOnce guarantee,
			long timeoutNanos) {
		this.executor = executor;
		this.liveness = liveness;
		this.outbox = outbox;
		this.guarantee = guarantee;
		this.timeoutNanos = timeoutNanos;
		this.alarm = new RestartableTimer(executor);
		this.stoppedNanos = executor.nanoTime();
	}

	/** Messages go to this connection. */
	public void start() {
		this.guarantee.began(this);
	}

	public void stop() {
		this.stopped = true;
		this.alarm.cancel();
	}

	/**
	 * A message was handed to the operating system.
	 * @param entry the message
	 * @param now present time of this clock
	 */
	public void written(OutboxEntry entry, long now) {
		entry.written(now, this.liveness.reads());
		if (!this.armed && isRunning()) {
			arm(this.timeoutNanos);
		}
	}

	public void readable(boolean readable) {
		turn(readable, this.writable);
	}

	public void writable(boolean writable) {
		turn(this.readable, writable);
	}

	/**
	 * Something was read, or the heartbeat is another: perhaps the peer is known to live.
	 */
	public void onLife() {
		if (this.awaitingLife) {
			this.awaitingLife = false;
			// what was read may hold acknowledgements
			this.executor.execute(this::check);
		}
	}

	private void turn(boolean readable, boolean writable) {
		boolean wasRunning = isRunning();
		this.readable = readable;
		this.writable = writable;
		if (wasRunning && !isRunning()) {
			this.stoppedNanos = this.executor.nanoTime();
			this.alarm.cancel();
			this.armed = false;
		}
		else if (!wasRunning && isRunning()) {
			this.stoodNanos += this.executor.nanoTime() - this.stoppedNanos;
			armForFirst();
		}
	}

	private boolean isRunning() {
		return this.readable && this.writable && !this.stopped;
	}

	public long now() {
		return (isRunning() ? this.executor.nanoTime() : this.stoppedNanos) - this.stoodNanos;
	}

	private void arm(long nanos) {
		this.armed = true;
		this.alarm.set(this::check, nanos);
	}

	private void armForFirst() {
		OutboxEntry first = this.outbox.firstInFlight();
		if (first != null && first.phase() == Phase.SENT) {
			arm(Math.max(0, first.writtenNanos() + this.timeoutNanos - now()));
		}
	}

	private void check() {
		this.armed = false;
		if (!isRunning() || this.awaitingLife) {
			return;
		}
		List<OutboxEntry> overdue = new ArrayList<>();
		OutboxEntry entry = this.outbox.firstInFlight();
		while (entry != null && isOverdue(entry)) {
			if (isLifeInDoubt(entry)) {
				this.awaitingLife = true;
				this.liveness.requestProof();
				break;
			}
			overdue.add(entry);
			entry = entry.successor();
		}
		if (!overdue.isEmpty()) {
			this.guarantee.timedOut(overdue);
		}
		// what was sent again just now is not the first any more
		if (!this.awaitingLife && isRunning()) {
			armForFirst();
		}
	}

	// of a silent peer only heartbeats tell whether it got the message
	private boolean isLifeInDoubt(OutboxEntry entry) {
		return this.liveness.isMonitored() && this.liveness.reads() == entry.readsBefore();
	}

	private boolean isOverdue(OutboxEntry entry) {
		return entry.phase() == Phase.SENT && now() - entry.writtenNanos() >= this.timeoutNanos;
	}

}
