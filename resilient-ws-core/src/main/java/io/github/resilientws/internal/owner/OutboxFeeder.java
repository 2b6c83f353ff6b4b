package io.github.resilientws.internal.owner;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.admission.OutboxEntrance;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.outbox.OutboxFlow;
import io.github.resilientws.internal.shared.PendingDeliveries;
import io.github.resilientws.internal.shared.PendingDeliveries.PendingDelivery;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.store.OutboxFeed;
import io.github.resilientws.store.OutboxFeed.StoredMessage;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Brings the messages of the store into the outbox while this instance owns the line.
 * Confined to the client's executor.
 */
public final class OutboxFeeder {

	private static final long ENTER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SharedStoreHandle store;

	private final SerialExecutor executor;

	private final OutboxEntrance entrance;

	private final OutboxFlow flow;

	private final PendingDeliveries deliveries;

	private final ReadAhead readAhead;

	private @Nullable Reading reading;

	/**
	 * Create a feed that reads nothing.
	 * @param store the store
	 * @param executor the client's executor
	 * @param entrance brings messages into the outbox
	 * @param flow moves messages into the outbox
	 * @param deliveries the messages of this instance's senders
	 * @param readAhead requests messages
	 */
	public OutboxFeeder(SharedStoreHandle store, SerialExecutor executor, OutboxEntrance entrance, OutboxFlow flow,
			PendingDeliveries deliveries, ReadAhead readAhead) {
		this.store = store;
		this.executor = executor;
		this.entrance = entrance;
		this.flow = flow;
		this.deliveries = deliveries;
		this.readAhead = readAhead;
	}

	/**
	 * Read the messages from the first one on.
	 * @param ownership the ownership of the line
	 */
	void start(Ownership ownership) {
		stop();
		SharedOutboxStore current = this.store.storeOrNull();
		if (current != null) {
			Reading started = new Reading(ownership);
			this.reading = started;
			started.feed = current.own(ownership, started);
			this.readAhead.start(started.feed);
		}
	}

	/** Read no more messages; those that were read may stay in the outbox. */
	void stop() {
		Reading stopped = this.reading;
		this.reading = null;
		this.readAhead.stop();
		if (stopped != null) {
			stopped.waiting.forEach(OutboxEntry::remains);
			if (stopped.feed != null) {
				stopped.feed.close();
			}
		}
	}

	private void receive(Reading source, List<StoredMessage> messages) {
		// a late call for an ownership that has ended
		if (source != this.reading) {
			return;
		}
		List<OutboxEntry> entries = new ArrayList<>(messages.size());
		List<SharedEntry> replaced = new ArrayList<>();
		for (StoredMessage message : messages) {
			SharedEntry entry = entry(source, message);
			SharedEntry older = source.newest.put(entry);
			if (older != null) {
				replaced.add(older);
			}
			entries.add(entry);
		}
		int entered = enter(source, entries);
		if (!replaced.isEmpty()) {
			this.flow.take();
			replaced.forEach(this.flow.outbox()::replace);
		}
		this.readAhead.received(messages.size(), entered);
	}

	// a message that is not stored, such as a volatile one, may have the id of a stored
	// one
	private int enter(Reading source, List<OutboxEntry> entries) {
		List<OutboxEntry> entered = this.entrance.enterRecovered(entries);
		if (entered.size() < entries.size()) {
			Set<OutboxEntry> waiting = new LinkedHashSet<>(entries);
			entered.forEach(waiting::remove);
			waiting.removeIf((entry) -> this.entrance.find(entry.requireId()) instanceof SharedEntry);
			source.waiting.addAll(waiting);
			scheduleEnter(source);
		}
		return entered.size();
	}

	private void scheduleEnter(Reading source) {
		if (!source.waiting.isEmpty() && !source.enterScheduled) {
			source.enterScheduled = true;
			this.executor.schedule(() -> enterAgain(source), ENTER_NANOS);
		}
	}

	private void enterAgain(Reading source) {
		if (source == this.reading) {
			source.enterScheduled = false;
			List<OutboxEntry> waiting = List.copyOf(source.waiting);
			source.waiting.clear();
			this.readAhead.received(0, enter(source, waiting));
		}
	}

	private SharedEntry entry(Reading source, StoredMessage message) {
		PendingDelivery delivery = message.own() ? this.deliveries.find(message.message().id()) : null;
		if (delivery != null) {
			delivery.enter();
		}
		return new SharedEntry(message, this.store.converter(), source.ownership, delivery);
	}

	private final class Reading implements OutboxFeed.Sink {

		private final Ownership ownership;

		private final NewestByKey newest = new NewestByKey();

		// messages whose ids other messages in the outbox have
		private final List<OutboxEntry> waiting = new ArrayList<>();

		private boolean enterScheduled;

		private @Nullable OutboxFeed feed;

		Reading(Ownership ownership) {
			this.ownership = ownership;
		}

		@Override
		public void accept(List<StoredMessage> messages) {
			try {
				OutboxFeeder.this.executor.execute(() -> receive(this, messages));
			}
			catch (RejectedExecutionException ex) {
				// the transport is closed, and the client with it
			}
		}

	}

}
