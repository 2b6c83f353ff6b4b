package io.github.resilientws.internal.delivery;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;

/**
 * The messages that were given up. The executor adds to it; any thread may read and
 * remove.
 */
public final class DeadLetterQueue implements GivenUpMessages {

	private static final int CAPACITY = 1000;

	// limits memory if a server reads and never acknowledges
	private static final long LEAST_BYTES = 16 * 1024 * 1024;

	private final String client;

	private final InstantSource clock;

	private final ObserverNotifier notifier;

	private final Statistics statistics;

	private final DeadLetterPersistence persistence;

	private final long maxBytes;

	// guarded by letters
	private long bytes;

	// guarded by itself; by id, the oldest first
	private final Map<String, DeadLetterEntry> letters = new LinkedHashMap<>();

	// guarded by letters: removed while the store was closed, created by the first one
	private @Nullable Map<Long, DeadLetterEntry> owed;

	// volatile, so that an acknowledgement of an unknown id needs no lock
	private volatile int size;

	/**
	 * Create an empty queue.
	 * @param client name of the client
	 * @param clock wall clock
	 * @param notifier notifies observers
	 * @param statistics counts dead letters that are dropped
	 * @param persistence stores dead letters
	 * @param maxBytes bound of the outbox in bytes; 0 for none
	 */
	public DeadLetterQueue(String client, InstantSource clock, ObserverNotifier notifier, Statistics statistics,
			DeadLetterPersistence persistence, long maxBytes) {
		this.client = client;
		this.clock = clock;
		this.notifier = notifier;
		this.statistics = statistics;
		this.persistence = persistence;
		this.maxBytes = (maxBytes != 0) ? Math.max(maxBytes, LEAST_BYTES) : Long.MAX_VALUE;
	}

	@Override
	public int size() {
		return this.size;
	}

	public List<DeadLetter> list() {
		List<DeadLetterEntry> all;
		synchronized (this.letters) {
			all = List.copyOf(this.letters.values());
		}
		return all.stream().map(DeadLetterEntry::toDeadLetter).toList();
	}

	/**
	 * Add a message that was given up; if there are too many, the oldest is dropped.
	 * @param entry the message
	 * @param cause the cause
	 */
	@Override
	public void add(OutboxEntry entry, DeadLetter.Cause cause) {
		DeadLetterEntry letter = new DeadLetterEntry(entry, cause, this.clock.instant());
		this.persistence.replace(letter);
		DeadLetter deadLetter = letter.toDeadLetter();
		this.notifier.notify((observer) -> observer.deadLettered(this.client, deadLetter));
		put(letter);
	}

	/**
	 * Replace the dead letters of the store by those that were read from it.
	 * @param stored the dead letters
	 */
	public void recovered(List<DeadLetterEntry> stored) {
		synchronized (this.letters) {
			List.copyOf(this.letters.values())
				.stream()
				.filter((letter) -> letter.entry().isStored())
				.forEach((letter) -> take(letter.id()));
		}
		stored.stream().sorted(Comparator.comparing(DeadLetterEntry::since)).forEach(this::recovered);
	}

	private void recovered(DeadLetterEntry letter) {
		DeadLetterEntry forgotten;
		synchronized (this.letters) {
			forgotten = (this.owed != null) ? this.owed.remove(letter.entry().position()) : null;
		}
		if (forgotten != null && forgotten.isSameAs(letter)) {
			forget(letter);
		}
		else {
			put(letter);
		}
	}

	/**
	 * Remove the dead letter of a message, if it was one.
	 * @param entry the message
	 */
	public void resubmitted(OutboxEntry entry) {
		OutboxEntry letter = find(entry.requireId());
		if (letter != null && Arrays.equals(letter.payload(), entry.payload())) {
			remove(letter);
		}
	}

	public @Nullable OutboxEntry find(String id) {
		synchronized (this.letters) {
			DeadLetterEntry letter = this.letters.get(id);
			return (letter != null) ? letter.entry() : null;
		}
	}

	/**
	 * Remove a dead letter.
	 * @param id id of the message
	 * @return whether it existed
	 */
	@Override
	public boolean remove(String id) {
		if (this.size == 0) {
			return false;
		}
		DeadLetterEntry letter;
		synchronized (this.letters) {
			letter = take(id);
		}
		forget(letter);
		return letter != null;
	}

	/**
	 * Remove a dead letter, but not a later one with the same id.
	 * @param entry the message
	 */
	public void remove(OutboxEntry entry) {
		DeadLetterEntry letter;
		synchronized (this.letters) {
			letter = this.letters.get(entry.requireId());
			if (letter == null || letter.entry() != entry) {
				return;
			}
			take(letter.id());
		}
		forget(letter);
	}

	private void put(DeadLetterEntry letter) {
		DeadLetterEntry replaced;
		List<@Nullable DeadLetterEntry> dropped = new ArrayList<>();
		synchronized (this.letters) {
			replaced = take(letter.id());
			this.letters.put(letter.id(), letter);
			this.bytes += letter.size();
			this.size = this.letters.size();
			while (this.size > CAPACITY || (this.bytes > this.maxBytes && this.size > 1)) {
				dropped.add(take(this.letters.keySet().iterator().next()));
			}
		}
		// a letter that was read again from the store keeps its position
		if (replaced != null && replaced.entry().position() != letter.entry().position()) {
			forget(replaced);
		}
		dropped.stream().filter(Objects::nonNull).forEach(this::drop);
	}

	// under the lock
	private @Nullable DeadLetterEntry take(String id) {
		DeadLetterEntry letter = this.letters.remove(id);
		if (letter != null) {
			this.bytes -= letter.size();
			this.size = this.letters.size();
		}
		return letter;
	}

	private void drop(DeadLetterEntry letter) {
		forget(letter);
		this.statistics.dropped(Reason.DROPPED);
		this.notifier.messageDropped(letter.id(), Reason.DROPPED);
	}

	private void forget(@Nullable DeadLetterEntry letter) {
		if (letter != null && !this.persistence.remove(letter)) {
			synchronized (this.letters) {
				if (this.owed == null) {
					this.owed = new HashMap<>();
				}
				this.owed.put(letter.entry().position(), letter);
			}
		}
	}

}
