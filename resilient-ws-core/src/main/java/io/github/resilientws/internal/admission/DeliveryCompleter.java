package io.github.resilientws.internal.admission;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.monitoring.ObserverNotifier;

/**
 * Completes the futures of sent messages on a separate executor, so that an event
 * listener may wait for a delivery.
 */
public final class DeliveryCompleter {

	private final Executor executor;

	private final ObserverNotifier notifier;

	private final MessageIdGenerator ids;

	private final OutboxCapacity capacity;

	private final LongSupplier nanoTime;

	// in the order in which senders dropped messages; one task follows per message;
	// created by the first one
	private volatile @Nullable Queue<Dropped> dropped;

	/**
	 * Create a completer.
	 * @param executor completes futures, one after another
	 * @param notifier notifies observers of dropped messages
	 * @param ids creates ids for messages that have none
	 * @param capacity counts messages until their futures are complete
	 * @param nanoTime monotonic time
	 */
	public DeliveryCompleter(Executor executor, ObserverNotifier notifier, MessageIdGenerator ids,
			OutboxCapacity capacity, LongSupplier nanoTime) {
		this.executor = executor;
		this.notifier = notifier;
		this.ids = ids;
		this.capacity = capacity;
		this.nanoTime = nanoTime;
	}

	/**
	 * Complete messages that were delivered.
	 * @param entries the messages
	 */
	void delivered(List<OutboxEntry> entries) {
		this.executor.execute(() -> {
			long now = this.nanoTime.getAsLong();
			MessageIdGenerator batchIds = this.ids.block(entries.size());
			try {
				for (OutboxEntry entry : entries) {
					Duration elapsed = Duration.ofNanos(now - entry.acceptedNanos());
					entry.delivered(batchIds, elapsed);
					this.notifier.deliveryEnded(true, elapsed);
				}
			}
			finally {
				this.capacity.completed(entries.size());
			}
		});
	}

	/**
	 * Fail a message.
	 * @param entry the message
	 * @param reason the reason
	 * @param detail explanation for people
	 * @param stored whether a store keeps the message
	 * @param cause the cause, or {@code null}
	 */
	void failed(OutboxEntry entry, Reason reason, String detail, boolean stored, @Nullable Throwable cause) {
		String id = entry.id(this.ids);
		if (reason == Reason.REJECTED || reason == Reason.DROPPED || reason == Reason.EXPIRED) {
			notifyDropped(id, reason);
		}
		this.executor.execute(() -> {
			fail(entry, id, reason, detail, stored, cause);
			this.capacity.completed(1);
		});
	}

	/**
	 * Enqueue a dropped message for {@link #failNextDropped()}. Calls no user code.
	 * @param entry the message
	 * @param detail explanation for a reader
	 */
	void enqueueDropped(OutboxEntry entry, String detail) {
		dropped().add(new Dropped(entry, detail));
	}

	private Queue<Dropped> dropped() {
		Queue<Dropped> known = this.dropped;
		return (known != null) ? known : createDropped();
	}

	private synchronized Queue<Dropped> createDropped() {
		Queue<Dropped> known = this.dropped;
		if (known == null) {
			known = new ConcurrentLinkedQueue<>();
			this.dropped = known;
		}
		return known;
	}

	/**
	 * Fail the message that was dropped first among those not yet failed. Any thread may
	 * have dropped it.
	 */
	void failNextDropped() {
		this.executor.execute(() -> {
			Dropped next = dropped().poll();
			if (next != null) {
				String id = next.entry().id(this.ids);
				notifyDropped(id, Reason.DROPPED);
				fail(next.entry(), id, Reason.DROPPED, next.detail(), false, null);
				this.capacity.dropCompleted();
			}
		});
	}

	void notifyDropped(String id, Reason reason) {
		this.notifier.messageDropped(id, reason);
	}

	String idOf(@Nullable String known) {
		return (known != null) ? known : this.ids.next().toString();
	}

	private void fail(OutboxEntry entry, String id, Reason reason, String detail, boolean stored,
			@Nullable Throwable cause) {
		entry.failed(id, reason, detail, stored, cause);
		this.notifier.deliveryEnded(false, Duration.ofNanos(this.nanoTime.getAsLong() - entry.acceptedNanos()));
	}

	private record Dropped(OutboxEntry entry, String detail) {

	}

}
