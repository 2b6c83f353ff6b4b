package io.github.resilientws.internal.owner;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilientws.internal.admission.MessagePersistence;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.shared.SharedRoom;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.SharedOutboxStore;

/**
 * Ends messages in a shared store. Other messages of the client, such as requests, are
 * not stored. Confined to the client's executor, except where a method says so.
 */
public final class SharedPersistence implements MessagePersistence {

	private static final Runnable NO_LISTENER = () -> {
	};

	private final SharedStoreHandle store;

	private final SharedRoom room;

	private final ReadAhead readAhead;

	// written by the client's executor and by threads of the store
	private final AtomicInteger unremoved = new AtomicInteger();

	// set before the first message
	private Runnable onRemoved = NO_LISTENER;

	/**
	 * Create the persistence.
	 * @param store the store
	 * @param room gets back the room of messages
	 * @param readAhead requests more messages
	 */
	public SharedPersistence(SharedStoreHandle store, SharedRoom room, ReadAhead readAhead) {
		this.store = store;
		this.room = room;
		this.readAhead = readAhead;
	}

	/**
	 * Set the listener for removals. Called once, before the first message.
	 * @param onRemoved called when messages have left the store, on any thread
	 */
	public void setOnRemoved(Runnable onRemoved) {
		this.onRemoved = onRemoved;
	}

	// the messages are read when this instance owns the line
	@Override
	public void load() {
	}

	// senders store their messages before they enter the outbox
	@Override
	public void append(OutboxEntry entry) {
		throw new IllegalStateException("A message of a shared store is stored by its sender");
	}

	/**
	 * May be called by any thread. {@inheritDoc}
	 */
	@Override
	public int unremoved() {
		return this.unremoved.get();
	}

	@Override
	public void remove(Collection<OutboxEntry> entries) {
		List<SharedEntry> stored = entries.stream()
			.filter(SharedEntry.class::isInstance)
			.map(SharedEntry.class::cast)
			.toList();
		SharedOutboxStore current = this.store.storeOrNull();
		if (!stored.isEmpty() && current != null) {
			CompletableFuture<Void> removal = current.remove(stored.stream().map(SharedEntry::storedAt).toList());
			follow(stored, removal);
		}
	}

	@Override
	public void end(OutboxEntry entry, Failure failure, Outcome outcome) {
		if (!(entry instanceof SharedEntry stored)) {
			outcome.ended();
			return;
		}
		SharedOutboxStore current = this.store.storeOrNull();
		if (current == null) {
			outcome.remains();
			return;
		}
		CompletableFuture<Boolean> end = current.end(stored.storedAt(),
				new MessageFailure(failure.reason(), failure.deadLetter(), failure.detail(), stored.attempts()),
				stored.ownership());
		follow(List.of(stored), end.whenComplete((ended, problem) -> {
			if (Boolean.TRUE.equals(ended)) {
				outcome.ended();
			}
			else {
				outcome.remains();
			}
		}));
	}

	private void follow(List<SharedEntry> entries, CompletableFuture<?> removal) {
		int messages = entries.size();
		long bytes = entries.stream().mapToLong((entry) -> entry.payload().length).sum();
		this.unremoved.addAndGet(messages);
		this.readAhead.left(messages);
		removal.whenComplete(
				(result, failure) -> removed(messages, bytes, failure == null && !Boolean.FALSE.equals(result)));
	}

	private void removed(int messages, long bytes, boolean left) {
		// first, so that no message counts as one that is neither removed nor being
		// removed
		if (left) {
			this.room.left(messages, bytes);
		}
		this.unremoved.addAndGet(-messages);
		this.onRemoved.run();
	}

}
