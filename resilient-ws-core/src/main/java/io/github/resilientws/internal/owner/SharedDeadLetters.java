package io.github.resilientws.internal.owner;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.delivery.GivenUpMessages;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.SharedOutboxStore;

/**
 * The ids of the dead letters of the line, as the owner knows them: it removes those that
 * are acknowledged late, and the oldest if there are too many. May be used by any thread.
 */
public final class SharedDeadLetters implements GivenUpMessages {

	private static final int CAPACITY = 1000;

	private final String client;

	private final SharedStoreHandle store;

	private final ObserverNotifier notifier;

	private final Statistics statistics;

	private final InstantSource clock;

	// guarded by itself; the oldest first
	private final Set<String> ids = new LinkedHashSet<>();

	private volatile State state = State.CLEARED;

	// volatile, so that an acknowledgement of an unknown id needs no lock
	private volatile int size;

	/**
	 * Create a collection that is empty until this instance owns the line.
	 * @param client name of the client
	 * @param store the store
	 * @param notifier notifies observers
	 * @param statistics counts dead letters that are dropped
	 * @param clock wall clock
	 */
	public SharedDeadLetters(String client, SharedStoreHandle store, ObserverNotifier notifier, Statistics statistics,
			InstantSource clock) {
		this.client = client;
		this.store = store;
		this.notifier = notifier;
		this.statistics = statistics;
		this.clock = clock;
	}

	@Override
	public void add(OutboxEntry entry, DeadLetter.Cause cause) {
		DeadLetter letter = new DeadLetterEntry(entry, cause, this.clock.instant()).toDeadLetter();
		this.notifier.notify((observer) -> observer.deadLettered(this.client, letter));
		List<String> dropped = new ArrayList<>();
		synchronized (this.ids) {
			this.ids.remove(letter.id());
			this.ids.add(letter.id());
			while (this.ids.size() > CAPACITY) {
				String oldest = this.ids.iterator().next();
				this.ids.remove(oldest);
				dropped.add(oldest);
			}
			this.size = this.ids.size();
		}
		discard(dropped);
		for (String id : dropped) {
			this.statistics.dropped(Reason.DROPPED);
			this.notifier.messageDropped(id, Reason.DROPPED);
		}
	}

	@Override
	public boolean remove(String id) {
		boolean removed = forget(id);
		if (removed) {
			discard(List.of(id));
		}
		return removed;
	}

	/**
	 * A dead letter is a message again, or does not exist any more.
	 * @param id its id
	 * @return whether it was known
	 */
	boolean forget(String id) {
		if (this.size == 0) {
			return false;
		}
		synchronized (this.ids) {
			boolean removed = this.ids.remove(id);
			this.size = this.ids.size();
			return removed;
		}
	}

	@Override
	public int size() {
		return this.size;
	}

	/** Read the ids, because this instance owns the line, or may have missed changes. */
	void load() {
		SharedOutboxStore current = this.store.storeOrNull();
		if (current != null) {
			this.state = State.LOADING;
			current.deadLetters()
				.thenApply((letters) -> letters.stream().map(OutboxRecord::id).toList())
				.whenComplete((known, failure) -> loaded(known));
		}
	}

	private void loaded(@Nullable List<String> known) {
		synchronized (this.ids) {
			// otherwise this instance has lost the line meanwhile
			if (this.state == State.LOADING) {
				this.state = (known != null) ? State.LOADED : State.FAILED;
				if (known != null) {
					replace(known);
				}
			}
		}
	}

	/**
	 * Return whether the ids have to be read again because that has failed.
	 * @return whether the store has failed
	 */
	boolean isLoadFailed() {
		return this.state == State.FAILED;
	}

	/** This instance does not own the line. */
	void clear() {
		synchronized (this.ids) {
			this.state = State.CLEARED;
			replace(List.of());
		}
	}

	// holds the lock
	private void replace(List<String> known) {
		this.ids.clear();
		this.ids.addAll(known);
		this.size = this.ids.size();
	}

	private void discard(List<String> discarded) {
		SharedOutboxStore current = this.store.storeOrNull();
		if (current != null && !discarded.isEmpty()) {
			current.discard(discarded);
		}
	}

	private enum State {

		/** This instance does not own the line. */
		CLEARED,

		/** The store is asked for the ids. */
		LOADING,

		/** The ids are known. */
		LOADED,

		/** The store did not answer. */
		FAILED

	}

}
