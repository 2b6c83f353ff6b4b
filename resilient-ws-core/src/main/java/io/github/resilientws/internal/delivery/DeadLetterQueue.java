package io.github.resilientws.internal.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.internal.persistence.OutboxStoreHandle;
import io.github.resilientws.internal.persistence.StoredMessage;
import io.github.resilientws.internal.persistence.StoredMessage.Death;

/**
 * The messages that were given up. Shared by the executor, which adds, and any thread.
 */
public final class DeadLetterQueue {

	private static final int CAPACITY = 1000;

	// otherwise a server that reads and never acknowledges fills the memory
	private static final long LEAST_BYTES = 16 * 1024 * 1024;

	private final String client;

	private final InstantSource clock;

	private final ObserverNotifier notifier;

	private final Statistics statistics;

	private final @Nullable OutboxStoreHandle journal;

	private final long maxBytes;

	// guarded by letters
	private long bytes;

	// guarded by itself; by id, the oldest first
	private final Map<String, Letter> letters = new LinkedHashMap<>();

	// guarded by letters: the store was closed when they were forgotten
	private final Map<Long, Letter> owed = new HashMap<>();

	// so that an acknowledgement of an unknown id need not lock
	private volatile int size;

	public DeadLetterQueue(String client, InstantSource clock, ObserverNotifier notifier, Statistics statistics,
			@Nullable OutboxStoreHandle journal, long maxBytes) {
		this.client = client;
		this.clock = clock;
		this.notifier = notifier;
		this.statistics = statistics;
		this.journal = journal;
		this.maxBytes = (maxBytes != 0) ? Math.max(maxBytes, LEAST_BYTES) : Long.MAX_VALUE;
	}

	public int size() {
		return this.size;
	}

	public List<DeadLetter> list() {
		List<Letter> all;
		synchronized (this.letters) {
			all = List.copyOf(this.letters.values());
		}
		return all.stream().map(Letter::open).toList();
	}

	/**
	 * Add a message that was given up; if there are too many, the oldest is dropped.
	 * @param entry the message
	 * @param cause why
	 */
	public void add(OutboxEntry entry, DeadLetter.Cause cause) {
		Letter letter = new Letter(entry, new Death(cause, this.clock.instant()));
		if (this.journal != null && entry.isStored()) {
			this.journal.replace(StoredMessage.dead(entry, letter.death()).record(entry.position()));
		}
		DeadLetter opened = letter.open();
		this.notifier.notify((observer) -> observer.deadLettered(this.client, opened));
		put(letter);
	}

	/**
	 * Take the dead letters that a store keeps, in place of those it kept before.
	 * @param stored messages, and how each of them ended
	 */
	public void recovered(Map<OutboxEntry, Death> stored) {
		synchronized (this.letters) {
			List.copyOf(this.letters.values())
				.stream()
				.filter((letter) -> letter.entry().isStored())
				.forEach((letter) -> take(letter.id()));
		}
		stored.entrySet()
			.stream()
			.map((one) -> new Letter(one.getKey(), one.getValue()))
			.sorted(Comparator.comparing((letter) -> letter.death().since()))
			.forEach(this::recovered);
	}

	private void recovered(Letter letter) {
		Letter forgotten;
		synchronized (this.letters) {
			forgotten = this.owed.remove(letter.entry().position());
		}
		if (forgotten != null && forgotten.isSameAs(letter)) {
			forget(letter);
		}
		else {
			put(letter);
		}
	}

	/**
	 * Forget the dead letter that a message was, if it was one.
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
			Letter letter = this.letters.get(id);
			return (letter != null) ? letter.entry() : null;
		}
	}

	/**
	 * Forget a dead letter.
	 * @param id id of the message
	 * @return whether there was one
	 */
	public boolean remove(String id) {
		if (this.size == 0) {
			return false;
		}
		Letter letter;
		synchronized (this.letters) {
			letter = take(id);
		}
		forget(letter);
		return letter != null;
	}

	/**
	 * Forget a dead letter, but not a later one with its id.
	 * @param entry the message
	 */
	public void remove(OutboxEntry entry) {
		Letter letter;
		synchronized (this.letters) {
			letter = this.letters.get(entry.requireId());
			if (letter == null || letter.entry() != entry) {
				return;
			}
			take(letter.id());
		}
		forget(letter);
	}

	private void put(Letter letter) {
		Letter replaced;
		List<@Nullable Letter> dropped = new ArrayList<>();
		synchronized (this.letters) {
			replaced = take(letter.id());
			this.letters.put(letter.id(), letter);
			this.bytes += letter.size();
			this.size = this.letters.size();
			while (this.size > CAPACITY || (this.bytes > this.maxBytes && this.size > 1)) {
				dropped.add(take(this.letters.keySet().iterator().next()));
			}
		}
		// one that was read again from the store has its place there still
		if (replaced != null && replaced.entry().position() != letter.entry().position()) {
			forget(replaced);
		}
		dropped.stream().filter(Objects::nonNull).forEach(this::drop);
	}

	// under the lock
	private @Nullable Letter take(String id) {
		Letter letter = this.letters.remove(id);
		if (letter != null) {
			this.bytes -= letter.size();
			this.size = this.letters.size();
		}
		return letter;
	}

	private void drop(Letter letter) {
		forget(letter);
		this.statistics.dropped(Reason.DROPPED);
		this.notifier.messageDropped(letter.id(), Reason.DROPPED);
	}

	private void forget(@Nullable Letter letter) {
		if (letter != null && this.journal != null && letter.entry().isStored()
				&& !this.journal.remove(letter.entry().position())) {
			synchronized (this.letters) {
				this.owed.put(letter.entry().position(), letter);
			}
		}
	}

	private record Letter(OutboxEntry entry, Death death) {

		String id() {
			return this.entry.requireId();
		}

		int size() {
			return this.entry.payload().length;
		}

		// the store keeps milliseconds; another process may have used its position anew
		boolean isSameAs(Letter other) {
			return id().equals(other.id()) && this.death.since().toEpochMilli() == other.death.since().toEpochMilli();
		}

		DeadLetter open() {
			byte[] bytes = this.entry.payload();
			Object payload = this.entry.isText() ? new String(bytes, StandardCharsets.UTF_8)
					: ByteBuffer.wrap(bytes).asReadOnlyBuffer();
			return new DeadLetter(id(), payload, this.entry.attempts(), this.death.since(), this.death.cause());
		}

	}

}
