package io.github.resilientws.internal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.subscription.SubscriptionRegistry;

/**
 * Reads the statistics of a client from the objects that maintain them.
 */
final class LiveStatistics implements ClientStatistics {

	private final Statistics counters;

	private final OutboxAssembly outbox;

	private final InboundDispatcher inbound;

	private final @Nullable SubscriptionRegistry subscriptions;

	/**
	 * Create statistics.
	 * @param counters counters of messages and heartbeats
	 * @param outbox outbound messages
	 * @param inbound messages that wait for listeners
	 * @param subscriptions subscriptions, or {@code null} without
	 * {@code subscription.send}
	 */
	LiveStatistics(Statistics counters, OutboxAssembly outbox, InboundDispatcher inbound,
			@Nullable SubscriptionRegistry subscriptions) {
		this.counters = counters;
		this.outbox = outbox;
		this.inbound = inbound;
		this.subscriptions = subscriptions;
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
		return this.outbox.givenUp().size();
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
		return this.outbox.messages();
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
		return this.outbox.unanswered().size();
	}

	@Override
	public int getActiveSubscriptions() {
		return (this.subscriptions != null) ? this.subscriptions.active() : 0;
	}

	@Override
	public int getPendingSubscriptions() {
		return (this.subscriptions != null) ? this.subscriptions.pending() : 0;
	}

	@Override
	public int getInboundQueueSize() {
		return this.inbound.size();
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
		return this.outbox.storeProblem();
	}

	@Override
	public int getUnremovedMessages() {
		return this.outbox.unremoved();
	}

	@Override
	public int getUnreadMessages() {
		return this.outbox.unread();
	}

}
