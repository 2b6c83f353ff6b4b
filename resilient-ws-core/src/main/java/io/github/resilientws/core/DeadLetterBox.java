package io.github.resilientws.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.core.StoredMessage.Death;

/**
 * The messages that were given up. Shared by the executor, which adds, and any thread.
 */
final class DeadLetterBox {

	private static final int CAPACITY = 1000;

	private final String client;

	private final InstantSource clock;

	private final Completions completions;

	private final Statistics statistics;

	private final @Nullable Journal journal;

	// guarded by itself; by id, the oldest first
	private final Map<String, Letter> letters = new LinkedHashMap<>();

	// guarded by letters: the store was closed when they were forgotten
	private final Map<Long, Letter> owed = new HashMap<>();

	// so that an acknowledgement of an unknown id need not lock
	private volatile int size;

	DeadLetterBox(String client, InstantSource clock, Completions completions, Statistics statistics,
			@Nullable Journal journal) {
		this.client = client;
		this.clock = clock;
		this.completions = completions;
		this.statistics = statistics;
		this.journal = journal;
	}

	int size() {
		return this.size;
	}

	List<DeadLetter> list() {
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
	void add(OutboxEntry entry, DeadLetter.Cause cause) {
		Letter letter = new Letter(entry, new Death(cause, this.clock.instant()));
		if (this.journal != null && entry.isStored()) {
			this.journal.replace(StoredMessage.dead(entry, letter.death()).record(entry.position()));
		}
		this.completions.tell((observer) -> observer.deadLettered(this.client, letter.open()));
		put(letter);
	}

	/**
	 * Take a dead letter of an earlier run.
	 * @param entry the message
	 * @param death how it ended
	 */
	void recovered(OutboxEntry entry, Death death) {
		Letter letter = new Letter(entry, death);
		Letter forgotten;
		synchronized (this.letters) {
			forgotten = this.owed.remove(entry.position());
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
	void resubmitted(OutboxEntry entry) {
		OutboxEntry letter = find(entry.requireId());
		if (letter != null && Arrays.equals(letter.payload(), entry.payload())) {
			remove(letter);
		}
	}

	@Nullable OutboxEntry find(String id) {
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
	boolean remove(String id) {
		if (this.size == 0) {
			return false;
		}
		Letter letter;
		synchronized (this.letters) {
			letter = this.letters.remove(id);
			this.size = this.letters.size();
		}
		forget(letter);
		return letter != null;
	}

	/**
	 * Forget a dead letter, but not a later one with its id.
	 * @param entry the message
	 */
	void remove(OutboxEntry entry) {
		Letter letter;
		synchronized (this.letters) {
			letter = this.letters.get(entry.requireId());
			if (letter == null || letter.entry() != entry) {
				return;
			}
			this.letters.remove(letter.id());
			this.size = this.letters.size();
		}
		forget(letter);
	}

	private void put(Letter letter) {
		Letter replaced;
		Letter oldest = null;
		synchronized (this.letters) {
			replaced = this.letters.remove(letter.id());
			this.letters.put(letter.id(), letter);
			if (this.letters.size() > CAPACITY) {
				oldest = this.letters.remove(this.letters.keySet().iterator().next());
			}
			this.size = this.letters.size();
		}
		// one that was read again from the store has its place there still
		if (replaced != null && replaced.entry().position() != letter.entry().position()) {
			forget(replaced);
		}
		if (oldest != null) {
			forget(oldest);
			this.statistics.dropped(Reason.DROPPED);
			this.completions.tellDropped(oldest.id(), Reason.DROPPED);
		}
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
