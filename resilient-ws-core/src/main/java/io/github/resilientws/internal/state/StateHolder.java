package io.github.resilientws.internal.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientStatus;
import io.github.resilientws.ClientStatus.Transition;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;

/**
 * The present state of a client and its last transitions. Written on the client's
 * executor, read by any thread.
 */
public final class StateHolder {

	private static final int HISTORY = 20;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final Duration resetAfter;

	// released when the client becomes ready; created by the first thread that waits
	private final AtomicReference<@Nullable CountDownLatch> ready = new AtomicReference<>();

	// one immutable snapshot, so that no reader sees a partial transition
	private volatile ClientStatus status;

	// written before the status READY
	private volatile long readyNanos;

	/**
	 * Create the state {@code IDLE}.
	 * @param clock time of transitions
	 * @param nanoTime monotonic time
	 * @param resetAfter time in {@code READY} after which the attempts are forgotten
	 */
	public StateHolder(InstantSource clock, LongSupplier nanoTime, Duration resetAfter) {
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.resetAfter = resetAfter;
		this.status = new ClientStatus(ConnectionState.IDLE, clock.instant(), null, 0, null, null, List.of());
	}

	public ConnectionState state() {
		return this.status.state();
	}

	public ClientStatus status() {
		ClientStatus now = this.status;
		return (now.attempts() > 0 && isSeriesOver(now)) ? new ClientStatus(now.state(), now.since(), now.outageSince(),
				0, now.lastCause(), now.nextAttempt(), now.transitions()) : now;
	}

	/**
	 * Return whether the series of attempts has ended.
	 * @return whether the client is {@code READY}, and has been for {@code reset-after}
	 */
	public boolean isSeriesOver() {
		return isSeriesOver(this.status);
	}

	private boolean isSeriesOver(ClientStatus now) {
		return now.state() == ConnectionState.READY
				&& this.nanoTime.getAsLong() - this.readyNanos >= this.resetAfter.toNanos();
	}

	/**
	 * Enter a state.
	 * @param to the state
	 * @param cause why
	 * @param attempts attempts of the present series
	 * @param nextAttempt when the next attempt is due
	 * @return the state that was left
	 * @throws IllegalStateException if the table does not allow it
	 */
	public ConnectionState move(ConnectionState to, @Nullable DisconnectCause cause, int attempts,
			@Nullable Instant nextAttempt) {
		ClientStatus before = this.status;
		ConnectionState from = before.state();
		if (!StateTable.allows(from, to)) {
			throw new IllegalStateException("no transition from " + from + " to " + to);
		}
		Instant now = this.clock.instant();
		if (to == ConnectionState.READY) {
			this.readyNanos = this.nanoTime.getAsLong();
		}
		this.status = new ClientStatus(to, now, outageSince(before, to, now), attempts,
				(cause != null) ? cause : before.lastCause(), nextAttempt,
				append(before.transitions(), new Transition(now, from, to, (cause != null) ? cause.describe() : null)));
		if (to == ConnectionState.READY) {
			signalReady();
		}
		return from;
	}

	public boolean awaitReady(long nanos) throws InterruptedException {
		long deadline = System.nanoTime() + nanos;
		while (state() != ConnectionState.READY) {
			CountDownLatch latch = readyLatch();
			// the client may have become ready before the latch existed
			if (state() != ConnectionState.READY && !latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				return false;
			}
		}
		return true;
	}

	private CountDownLatch readyLatch() {
		CountDownLatch fresh = new CountDownLatch(1);
		CountDownLatch known = this.ready.compareAndExchange(null, fresh);
		return (known != null) ? known : fresh;
	}

	private void signalReady() {
		CountDownLatch latch = this.ready.getAndSet(null);
		if (latch != null) {
			latch.countDown();
		}
	}

	private static @Nullable Instant outageSince(ClientStatus before, ConnectionState to, Instant now) {
		return switch (to) {
			case CONNECTING, ESTABLISHING, BACKING_OFF -> (before.outageSince() != null) ? before.outageSince() : now;
			default -> null;
		};
	}

	private static List<Transition> append(List<Transition> transitions, Transition transition) {
		List<Transition> result = new ArrayList<>(transitions);
		if (result.size() == HISTORY) {
			result.remove(0);
		}
		result.add(transition);
		return List.copyOf(result);
	}

}
