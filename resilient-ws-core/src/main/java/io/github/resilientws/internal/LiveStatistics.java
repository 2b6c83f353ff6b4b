package io.github.resilientws.internal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.admission.OutboxCapacity;
import io.github.resilientws.internal.delivery.GivenUpMessages;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.owner.SharedOutboxAssembly;
import io.github.resilientws.internal.persistence.OutboxStoreHandle;
import io.github.resilientws.internal.request.UnansweredRequests;
import io.github.resilientws.internal.subscription.SubscriptionRegistry;

/**
 * Reads the statistics of a client from the objects that maintain them.
 */
final class LiveStatistics implements ClientStatistics {

	private final Statistics counters;

	private final OutboxReader outbox;

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
	LiveStatistics(Statistics counters, OutboxReader outbox, InboundDispatcher inbound,
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
		return this.outbox.pendingRequests();
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

	/**
	 * Reads the statistics of the outbound side.
	 *
	 * @param capacity usage of the outbox
	 * @param outcomes results of messages
	 * @param givenUp dead letters
	 * @param unanswered requests without a reply, or {@code null} without
	 * {@code request.send}
	 * @param storeHandle the store of the client, or {@code null} if there is none
	 * @param shared the outbox that other instances share, or {@code null} if there is
	 * none
	 */
	record OutboxReader(OutboxCapacity capacity, MessageOutcomes outcomes, GivenUpMessages givenUp,
			@Nullable UnansweredRequests unanswered, @Nullable OutboxStoreHandle storeHandle,
			@Nullable SharedOutboxAssembly shared) {

		int messages() {
			int held = this.capacity.unfinished();
			return (this.shared != null) ? this.shared.messages(held) : held;
		}

		long bytes() {
			long held = this.capacity.bytes();
			return (this.shared != null) ? this.shared.bytes(held) : held;
		}

		int pendingRequests() {
			return (this.unanswered != null) ? this.unanswered.size() : 0;
		}

		@Nullable String storeProblem() {
			if (this.shared != null) {
				return this.shared.store().problem();
			}
			return (this.storeHandle != null) ? this.storeHandle.problem() : null;
		}

		int unremoved() {
			return this.outcomes.unremoved();
		}

		int unread() {
			return (this.shared != null) ? this.shared.store().unread() : 0;
		}

	}

}
