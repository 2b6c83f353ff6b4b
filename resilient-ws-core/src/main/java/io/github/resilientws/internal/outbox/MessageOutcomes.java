package io.github.resilientws.internal.outbox;

import java.util.List;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.persistence.OutboxStoreHandle;

/**
 * What follows when the fate of messages is decided: their ids and their room are free,
 * the store forgets them, and their senders are told.
 */
public final class MessageOutcomes {

	private final ConcurrentMap<String, OutboxEntry> byGivenId;

	private final OutboxCapacity quota;

	private final DeliveryCompleter completions;

	private final Statistics statistics;

	private final DeadLetterQueue deadLetters;

	private final @Nullable OutboxStoreHandle journal;

	public MessageOutcomes(ConcurrentMap<String, OutboxEntry> byGivenId, OutboxCapacity quota,
			DeliveryCompleter completions, Statistics statistics, DeadLetterQueue deadLetters,
			@Nullable OutboxStoreHandle journal) {
		this.byGivenId = byGivenId;
		this.quota = quota;
		this.completions = completions;
		this.statistics = statistics;
		this.deadLetters = deadLetters;
		this.journal = journal;
	}

	public void delivered(List<OutboxEntry> entries) {
		long bytes = 0;
		for (OutboxEntry entry : entries) {
			forgetId(entry);
			bytes += entry.payload().length;
		}
		if (this.journal != null) {
			this.journal
				.remove(entries.stream().filter(OutboxEntry::isStored).mapToLong(OutboxEntry::position).toArray());
		}
		this.quota.decided(entries.size(), bytes);
		this.completions.delivered(entries);
	}

	/**
	 * A message failed. With {@code CLOSED} the store keeps it.
	 * @param entry the message
	 * @param reason why
	 * @param detail explanation for a reader
	 */
	public void failed(OutboxEntry entry, Reason reason, String detail) {
		boolean kept = reason == Reason.CLOSED && entry.isStored();
		if (this.journal != null && entry.isStored() && !kept) {
			this.journal.remove(entry.position());
		}
		this.statistics.dropped(reason);
		fail(entry, reason, detail, kept);
	}

	/**
	 * A message was given up: it is a dead letter.
	 * @param entry the message
	 * @param cause why
	 */
	public void givenUp(OutboxEntry entry, DeadLetter.Cause cause) {
		this.deadLetters.add(entry, cause);
		fail(entry, Reason.UNDELIVERABLE, switch (cause) {
			case NOT_ACKNOWLEDGED -> "it was not acknowledged in time";
			case POISON -> "ten connections in a row were lost while it was the oldest in flight";
		} + "; it is a dead letter", false);
	}

	private void fail(OutboxEntry entry, Reason reason, String detail, boolean kept) {
		forgetId(entry);
		this.quota.decided(1, entry.payload().length);
		this.completions.failed(entry, reason, detail, kept);
	}

	private void forgetId(OutboxEntry entry) {
		if (entry.givenId() != null) {
			this.byGivenId.remove(entry.givenId(), entry);
		}
	}

}
