package io.github.resilientws.internal.admission;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.MessagePersistence.Failure;
import io.github.resilientws.internal.admission.MessagePersistence.Outcome;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.monitoring.Statistics;

/**
 * Finishes messages: removes them from the store, releases their ids and their room, and
 * completes their futures. May be called by any thread, once per message.
 */
public final class MessageOutcomes {

	private final MessagePersistence persistence;

	private final MessageIdIndex ids;

	private final OutboxCapacity capacity;

	private final DeliveryCompleter completer;

	private final Statistics statistics;

	/**
	 * Create the outcomes.
	 * @param persistence keeps messages until they are finished
	 * @param ids ids of unfinished messages
	 * @param capacity room of unfinished messages
	 * @param completer completes futures
	 * @param statistics counts failures
	 */
	public MessageOutcomes(MessagePersistence persistence, MessageIdIndex ids, OutboxCapacity capacity,
			DeliveryCompleter completer, Statistics statistics) {
		this.persistence = persistence;
		this.ids = ids;
		this.capacity = capacity;
		this.completer = completer;
		this.statistics = statistics;
	}

	/**
	 * Messages were delivered.
	 * @param entries the messages
	 */
	public void delivered(List<OutboxEntry> entries) {
		// the store first: a message that reuses the id is stored later
		this.persistence.remove(entries);
		long bytes = 0;
		for (OutboxEntry entry : entries) {
			this.ids.remove(entry);
			bytes += entry.payload().length;
		}
		this.capacity.release(entries.size(), bytes);
		this.completer.delivered(entries);
	}

	/**
	 * A message failed. With {@code CLOSED} the store keeps it.
	 * @param entry the message
	 * @param reason the reason
	 * @param detail explanation for a reader
	 */
	public void failed(OutboxEntry entry, Reason reason, String detail) {
		if (reason != Reason.CLOSED || !entry.isStored()) {
			end(entry, new Failure(reason, null, detail), () -> {
				this.statistics.dropped(reason);
				finish(entry);
				this.completer.failed(entry, reason, detail, false, null);
			});
		}
		else if (entry.isShared()) {
			leave(entry);
		}
		else {
			finish(entry);
			this.completer.failed(entry, reason, detail, true, null);
		}
	}

	/**
	 * A message cannot be encoded.
	 * @param entry the message
	 * @param refusal why
	 */
	public void refused(OutboxEntry entry, MessageRefusedException refusal) {
		end(entry, new Failure(refusal.reason(), null, refusal.detail()), () -> {
			this.statistics.dropped(refusal.reason());
			finish(entry);
			this.completer.failed(entry, refusal.reason(), refusal.detail(), false, refusal.getCause());
		});
	}

	/**
	 * A message was given up.
	 * @param entry the message
	 * @param cause the cause
	 * @param detail explanation for a reader
	 * @param ended runs before the future of the message fails, on any thread
	 */
	public void undeliverable(OutboxEntry entry, DeadLetter.Cause cause, String detail, Runnable ended) {
		end(entry, new Failure(Reason.UNDELIVERABLE, cause, detail), () -> {
			ended.run();
			finish(entry);
			this.completer.failed(entry, Reason.UNDELIVERABLE, detail, false, null);
		});
	}

	private void end(OutboxEntry entry, Failure failure, Runnable ended) {
		this.persistence.end(entry, failure, new Outcome() {

			@Override
			public void ended() {
				ended.run();
			}

			@Override
			public void remains() {
				leave(entry);
			}

		});
	}

	// its future stays open
	private void leave(OutboxEntry entry) {
		finish(entry);
		this.capacity.completed(1);
		entry.remains();
	}

	/**
	 * Return how many messages count as in flight although they have left the outbox.
	 * @return number of messages
	 */
	public int unremoved() {
		return this.persistence.unremoved();
	}

	private void finish(OutboxEntry entry) {
		this.ids.remove(entry);
		this.capacity.release(1, entry.payload().length);
	}

	/**
	 * A message is being dropped for a newer one, which takes over its room. Calls no
	 * user code; a call of {@link #dropped} follows, perhaps after that of another
	 * thread.
	 * @param entry the message
	 * @param detail explanation for a reader
	 */
	void dropping(OutboxEntry entry, String detail) {
		this.completer.enqueueDropped(entry, detail);
	}

	/**
	 * Messages were dropped for newer ones.
	 * @param entries the messages
	 */
	void dropped(List<OutboxEntry> entries) {
		this.persistence.remove(entries);
		for (OutboxEntry entry : entries) {
			this.ids.remove(entry);
			this.statistics.dropped(Reason.DROPPED);
			this.completer.failNextDropped();
		}
	}

	/**
	 * Refuse a message that never entered the outbox.
	 * @param id its id, or {@code null} if it has none yet
	 * @param reason the reason
	 * @param detail explanation for a reader
	 * @return a failed future
	 */
	public CompletableFuture<Delivery> refuse(@Nullable String id, Reason reason, String detail) {
		return refuse(id, reason, detail, null);
	}

	/**
	 * Refuse a message that never entered the outbox.
	 * @param id its id, or {@code null} if it has none yet
	 * @param reason the reason
	 * @param detail explanation for a reader
	 * @param cause the cause, or {@code null}
	 * @return a failed future
	 */
	public CompletableFuture<Delivery> refuse(@Nullable String id, Reason reason, String detail,
			@Nullable Throwable cause) {
		return CompletableFuture.failedFuture(refusal(this.completer.idOf(id), reason, detail, cause));
	}

	/**
	 * Count a message that is refused.
	 * @param id its id
	 * @param reason the reason
	 * @param detail explanation for a reader
	 * @return why its future fails
	 */
	public WebSocketDeliveryException refusal(String id, Reason reason, String detail) {
		return refusal(id, reason, detail, null);
	}

	private WebSocketDeliveryException refusal(String id, Reason reason, String detail, @Nullable Throwable cause) {
		if (reason != Reason.CLOSED) {
			this.statistics.dropped(reason);
			this.completer.notifyDropped(id, reason);
		}
		return new WebSocketDeliveryException(id, 0, reason, detail, cause);
	}

	/** No more messages are accepted: senders that wait for room give up. */
	public void wakeSenders() {
		this.capacity.wakeSenders();
	}

}
