package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Counters of a client. Each is written by the thread of its event and read by any
 * thread.
 */
public final class Statistics {

	private final LongSupplier nanoTime;

	// written by the executor
	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong resent = new AtomicLong();

	private final AtomicLong heartbeatsMissed = new AtomicLong();

	private volatile int inFlight;

	private volatile long lastReceivedNanos;

	private volatile boolean received;

	private volatile long oldestAcceptedNanos;

	private volatile boolean waiting;

	// written by the listeners' thread
	private final AtomicLong handled = new AtomicLong();

	// written by senders and the executor
	private final Map<Reason, LongAdder> dropped = new EnumMap<>(
			Map.of(Reason.REJECTED, new LongAdder(), Reason.DROPPED, new LongAdder(), Reason.EXPIRED, new LongAdder()));

	/**
	 * Create counters with value zero.
	 * @param nanoTime monotonic time
	 */
	public Statistics(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	public void sent(int messages) {
		this.sent.lazySet(this.sent.get() + messages);
	}

	public void resent(int messages) {
		this.resent.lazySet(this.resent.get() + messages);
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
		this.heartbeatsMissed.incrementAndGet();
	}

	public void handled() {
		this.handled.lazySet(this.handled.get() + 1);
	}

	public void dropped(Reason reason) {
		LongAdder counter = this.dropped.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	public long getMessagesSent() {
		return this.sent.get();
	}

	public long getMessagesResent() {
		return this.resent.get();
	}

	public long getMessagesReceived() {
		return this.handled.get();
	}

	public long getMessagesDropped(Reason reason) {
		LongAdder counter = this.dropped.get(reason);
		return (counter != null) ? counter.sum() : 0;
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
		return this.heartbeatsMissed.get();
	}

	private Duration since(long nanos) {
		return Duration.ofNanos(Math.max(0, this.nanoTime.getAsLong() - nanos));
	}

}
