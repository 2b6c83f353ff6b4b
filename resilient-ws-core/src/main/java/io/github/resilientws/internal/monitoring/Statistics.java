package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Counters of a client. Each is written by the thread of its event and read by any
 * thread.
 */
public final class Statistics {

	private static final int SENT = 0;

	private static final int RESENT = 1;

	private static final int HANDLED = 2;

	private static final int HEARTBEATS_MISSED = 3;

	private static final int REJECTED = 4;

	private static final int DROPPED = 5;

	private static final int EXPIRED = 6;

	private static final int NOT_COUNTED = -1;

	private final LongSupplier nanoTime;

	// the last three are written by any thread, HANDLED by the listeners' thread, and the
	// others by the executor
	private final AtomicLongArray counters = new AtomicLongArray(7);

	// written by the executor
	private volatile int inFlight;

	private volatile long lastReceivedNanos;

	private volatile boolean received;

	private volatile long oldestAcceptedNanos;

	private volatile boolean waiting;

	/**
	 * Create counters with value zero.
	 * @param nanoTime monotonic time
	 */
	public Statistics(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	public void sent(int messages) {
		count(SENT, messages);
	}

	public void resent(int messages) {
		count(RESENT, messages);
	}

	public void inFlight(int messages) {
		this.inFlight = messages;
	}

	public void oldest(boolean waiting, long acceptedNanos) {
		if (waiting) {
			this.oldestAcceptedNanos = acceptedNanos;
		}
		this.waiting = waiting;
	}

	public void received(long now) {
		this.lastReceivedNanos = now;
		this.received = true;
	}

	public void heartbeatMissed() {
		count(HEARTBEATS_MISSED, 1);
	}

	public void handled() {
		count(HANDLED, 1);
	}

	public void dropped(Reason reason) {
		int counter = counterOf(reason);
		if (counter != NOT_COUNTED) {
			this.counters.incrementAndGet(counter);
		}
	}

	public long getMessagesSent() {
		return this.counters.get(SENT);
	}

	public long getMessagesResent() {
		return this.counters.get(RESENT);
	}

	public long getMessagesReceived() {
		return this.counters.get(HANDLED);
	}

	public long getMessagesDropped(Reason reason) {
		int counter = counterOf(reason);
		return (counter != NOT_COUNTED) ? this.counters.get(counter) : 0;
	}

	public Duration getQueueAge() {
		return this.waiting ? since(this.oldestAcceptedNanos) : Duration.ZERO;
	}

	public int getInFlight() {
		return this.inFlight;
	}

	public Duration getLastReceivedAge() {
		return this.received ? since(this.lastReceivedNanos) : Duration.ZERO;
	}

	public long getHeartbeatsMissed() {
		return this.counters.get(HEARTBEATS_MISSED);
	}

	// only one thread writes the counter
	private void count(int counter, int messages) {
		this.counters.lazySet(counter, this.counters.get(counter) + messages);
	}

	private static int counterOf(Reason reason) {
		return switch (reason) {
			case REJECTED -> REJECTED;
			case DROPPED -> DROPPED;
			case EXPIRED -> EXPIRED;
			default -> NOT_COUNTED;
		};
	}

	private Duration since(long nanos) {
		return Duration.ofNanos(Math.max(0, this.nanoTime.getAsLong() - nanos));
	}

}
