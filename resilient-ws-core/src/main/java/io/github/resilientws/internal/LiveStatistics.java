package io.github.resilientws.internal;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.OutboxCapacity;
import io.github.resilientws.internal.monitoring.Statistics;

/**
 * Reads the statistics of a client from the objects that maintain them.
 */
final class LiveStatistics implements ClientStatistics {

	private final Statistics counters;

	private final OutboxCapacity outbox;

	private final IntSupplier inboundQueue;

	private final IntSupplier deadLetters;

	private final IntSupplier pendingRequests;

	private final Supplier<@Nullable String> storeProblem;

	/**
	 * Create statistics.
	 * @param counters counters of messages and heartbeats
	 * @param outbox usage of the outbox
	 * @param inboundQueue messages that wait for listeners
	 * @param deadLetters number of dead letters
	 * @param pendingRequests requests without a reply
	 * @param storeProblem description of the problem with the durable store
	 */
	LiveStatistics(Statistics counters, OutboxCapacity outbox, IntSupplier inboundQueue, IntSupplier deadLetters,
			IntSupplier pendingRequests, Supplier<@Nullable String> storeProblem) {
		this.counters = counters;
		this.outbox = outbox;
		this.inboundQueue = inboundQueue;
		this.deadLetters = deadLetters;
		this.pendingRequests = pendingRequests;
		this.storeProblem = storeProblem;
	}

	@Override
	public long getMessagesSent() {
		return this.counters.getMessagesSent();
	}

	@Override
	public long getMessagesResent() {
		return this.counters.getMessagesResent();
	}

	@Override
	public int getDeadLetterCount() {
		return this.deadLetters.getAsInt();
	}

	@Override
	public long getMessagesReceived() {
		return this.counters.getMessagesReceived();
	}

	@Override
	public long getMessagesDropped(Reason reason) {
		return this.counters.getMessagesDropped(reason);
	}

	@Override
	public int getQueueSize() {
		return this.outbox.unfinished();
	}

	@Override
	public long getQueueBytes() {
		return this.outbox.bytes();
	}

	@Override
	public Duration getQueueAge() {
		return this.counters.getQueueAge();
	}

	@Override
	public int getInFlight() {
		return this.counters.getInFlight();
	}

	@Override
	public int getPendingRequests() {
		return this.pendingRequests.getAsInt();
	}

	@Override
	public int getInboundQueueSize() {
		return this.inboundQueue.getAsInt();
	}

	@Override
	public Duration getLastReceivedAge() {
		return this.counters.getLastReceivedAge();
	}

	@Override
	public long getHeartbeatsMissed() {
		return this.counters.getHeartbeatsMissed();
	}

	@Override
	public @Nullable String getStoreProblem() {
		return this.storeProblem.get();
	}

}
