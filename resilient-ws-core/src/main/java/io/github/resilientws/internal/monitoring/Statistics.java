package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.OutboxCapacity;

/**
 * Counters of a client. Each is written where its event happens and read by any thread.
 */
public final class Statistics implements ClientStatistics {

	private final LongSupplier nanoTime;

	private final OutboxCapacity quota;

	// written by the executor
	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong resent = new AtomicLong();

	private final AtomicLong heartbeatsMissed = new AtomicLong();

	private volatile int inFlight;

	private volatile long lastReceivedNanos;

	private volatile boolean received;

	private volatile long oldestAcceptedNanos;

	private volatile boolean waiting;

	// written by the listener lane
	private final AtomicLong handled = new AtomicLong();

	private volatile IntSupplier inboundQueue = () -> 0;

	private volatile IntSupplier deadLetters = () -> 0;

	private volatile Supplier<@Nullable String> storeProblem = () -> null;

	// written by senders and the executor
	private final Map<Reason, LongAdder> dropped = new EnumMap<>(
			Map.of(Reason.REJECTED, new LongAdder(), Reason.DROPPED, new LongAdder(), Reason.EXPIRED, new LongAdder()));

	public Statistics(LongSupplier nanoTime, OutboxCapacity quota) {
		this.nanoTime = nanoTime;
		this.quota = quota;
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

	public void inboundQueue(IntSupplier size) {
		this.inboundQueue = size;
	}

	public void deadLetters(IntSupplier size) {
		this.deadLetters = size;
	}

	public void storeProblem(Supplier<@Nullable String> problem) {
		this.storeProblem = problem;
	}

	@Override
	public long getMessagesSent() {
		return this.sent.get();
	}

	@Override
	public long getMessagesResent() {
		return this.resent.get();
	}

	@Override
	public int getDeadLetterCount() {
		return this.deadLetters.getAsInt();
	}

	@Override
	public @Nullable String getStoreProblem() {
		return this.storeProblem.get();
	}

	@Override
	public long getMessagesReceived() {
		return this.handled.get();
	}

	@Override
	public long getMessagesDropped(Reason reason) {
		LongAdder counter = this.dropped.get(reason);
		return (counter != null) ? counter.sum() : 0;
	}

	@Override
	public int getQueueSize() {
		return this.quota.unfinished();
	}

	@Override
	public long getQueueBytes() {
		return this.quota.bytes();
	}

	@Override
	public Duration getQueueAge() {
		return this.waiting ? since(this.oldestAcceptedNanos) : Duration.ZERO;
	}

	@Override
	public int getInFlight() {
		return this.inFlight;
	}

	@Override
	public int getInboundQueueSize() {
		return this.inboundQueue.getAsInt();
	}

	@Override
	public Duration getLastReceivedAge() {
		return this.received ? since(this.lastReceivedNanos) : Duration.ZERO;
	}

	@Override
	public long getHeartbeatsMissed() {
		return this.heartbeatsMissed.get();
	}

	private Duration since(long nanos) {
		return Duration.ofNanos(Math.max(0, this.nanoTime.getAsLong() - nanos));
	}

}
