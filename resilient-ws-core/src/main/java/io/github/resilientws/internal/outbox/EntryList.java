package io.github.resilientws.internal.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.OutboxEntry;

/**
 * A linked list of messages. A message is in at most one list, so it is removed in
 * constant time. Confined to the client's executor.
 */
final class EntryList {

	private @Nullable OutboxEntry first;

	private @Nullable OutboxEntry last;

	private int size;

	boolean isEmpty() {
		return this.first == null;
	}

	int size() {
		return this.size;
	}

	@Nullable OutboxEntry first() {
		return this.first;
	}

	void addLast(OutboxEntry entry) {
		insert(this.last, entry, null);
	}

	void remove(OutboxEntry entry) {
		OutboxEntry previous = entry.previous();
		OutboxEntry next = entry.next();
		if (previous != null) {
			previous.linkNext(next);
		}
		else {
			this.first = next;
		}
		if (next != null) {
			next.linkPrevious(previous);
		}
		else {
			this.last = previous;
		}
		entry.linkPrevious(null);
		entry.linkNext(null);
		this.size--;
	}

	/**
	 * Insert messages by their sequence, usually near the head.
	 * @param entries the messages, by ascending sequence
	 */
	void merge(List<OutboxEntry> entries) {
		OutboxEntry next = this.first;
		for (OutboxEntry entry : entries) {
			while (next != null && next.sequence() < entry.sequence()) {
				next = next.next();
			}
			insert((next != null) ? next.previous() : this.last, entry, next);
		}
	}

	/**
	 * Select messages.
	 * @param condition the condition
	 * @return the messages that meet it, in order
	 */
	List<OutboxEntry> select(Predicate<OutboxEntry> condition) {
		List<OutboxEntry> result = new ArrayList<>();
		for (OutboxEntry entry = this.first; entry != null; entry = entry.next()) {
			if (condition.test(entry)) {
				result.add(entry);
			}
		}
		return result;
	}

	private void insert(@Nullable OutboxEntry previous, OutboxEntry entry, @Nullable OutboxEntry next) {
		entry.linkPrevious(previous);
		entry.linkNext(next);
		if (previous != null) {
			previous.linkNext(entry);
		}
		else {
			this.first = entry;
		}
		if (next != null) {
			next.linkPrevious(entry);
		}
		else {
			this.last = entry;
		}
		this.size++;
	}

}
