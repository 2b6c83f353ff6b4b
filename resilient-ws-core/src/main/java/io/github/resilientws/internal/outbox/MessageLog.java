package io.github.resilientws.internal.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.admission.OutboxEntry.Phase;

/**
 * One linked list of messages: first those in flight, in the order in which they were
 * handed over, then those that wait, by sequence. A message is handed over by moving the
 * border between the two, and removed in constant time. Confined to the client's
 * executor.
 */
final class MessageLog {

	private @Nullable OutboxEntry first;

	private @Nullable OutboxEntry last;

	private @Nullable OutboxEntry firstWaiting;

	private int waiting;

	private int inFlight;

	int waiting() {
		return this.waiting;
	}

	int inFlight() {
		return this.inFlight;
	}

	@Nullable OutboxEntry first() {
		return this.first;
	}

	@Nullable OutboxEntry firstWaiting() {
		return this.firstWaiting;
	}

	@Nullable OutboxEntry firstInFlight() {
		return (this.inFlight > 0) ? this.first : null;
	}

	void add(OutboxEntry entry) {
		insert(entry, null);
	}

	/** Move the first message that waits to those in flight. */
	void handOver() {
		OutboxEntry entry = this.firstWaiting;
		if (entry != null) {
			this.firstWaiting = entry.next();
			this.waiting--;
			this.inFlight++;
		}
	}

	/**
	 * Remove a message.
	 * @param entry the message, waiting or in flight
	 */
	void remove(OutboxEntry entry) {
		if (entry.phase() == Phase.WAITING) {
			this.waiting--;
			if (entry == this.firstWaiting) {
				this.firstWaiting = entry.next();
			}
		}
		else {
			this.inFlight--;
		}
		unlink(entry, entry);
	}

	/**
	 * Remove messages in flight. Neighbours leave in one step.
	 * @param entries the messages, in the order in which they were handed over
	 */
	void removeInFlight(List<OutboxEntry> entries) {
		int size = entries.size();
		int index = 0;
		while (index < size) {
			OutboxEntry start = entries.get(index++);
			OutboxEntry end = start;
			while (index < size && end.next() == entries.get(index)) {
				end = entries.get(index++);
			}
			unlink(start, end);
		}
		this.inFlight -= size;
	}

	/**
	 * Messages in flight wait again, usually near the head.
	 * @param entries the messages, by ascending sequence
	 */
	void takeBack(List<OutboxEntry> entries) {
		for (OutboxEntry entry : entries) {
			remove(entry);
			entry.moveTo(Phase.WAITING);
		}
		OutboxEntry next = this.firstWaiting;
		for (OutboxEntry entry : entries) {
			while (next != null && next.sequence() < entry.sequence()) {
				next = next.next();
			}
			insert(entry, next);
		}
	}

	/**
	 * Select messages that wait.
	 * @param condition the condition
	 * @return the messages that meet it, in order
	 */
	List<OutboxEntry> selectWaiting(Predicate<OutboxEntry> condition) {
		return select(this.firstWaiting, this.waiting, condition);
	}

	/**
	 * Select messages in flight.
	 * @param condition the condition
	 * @return the messages that meet it, in order
	 */
	List<OutboxEntry> selectInFlight(Predicate<OutboxEntry> condition) {
		return select(this.first, this.inFlight, condition);
	}

	private static List<OutboxEntry> select(@Nullable OutboxEntry start, int count, Predicate<OutboxEntry> condition) {
		List<OutboxEntry> result = new ArrayList<>();
		OutboxEntry entry = start;
		for (int i = 0; i < count && entry != null; i++) {
			if (condition.test(entry)) {
				result.add(entry);
			}
			entry = entry.next();
		}
		return result;
	}

	private void insert(OutboxEntry entry, @Nullable OutboxEntry next) {
		OutboxEntry previous = (next != null) ? next.previous() : this.last;
		if (next == this.firstWaiting) {
			this.firstWaiting = entry;
		}
		link(previous, entry);
		link(entry, next);
		this.waiting++;
	}

	private void unlink(OutboxEntry start, OutboxEntry end) {
		link(start.previous(), end.next());
		start.linkPrevious(null);
		end.linkNext(null);
	}

	private void link(@Nullable OutboxEntry previous, @Nullable OutboxEntry next) {
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
	}

}
