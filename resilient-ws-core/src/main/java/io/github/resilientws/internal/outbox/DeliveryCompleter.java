package io.github.resilientws.internal.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.monitoring.ObserverNotifier;

/**
 * Completes the futures of sent messages, on an executor of their own, so that an event
 * listener may wait for a delivery.
 */
public final class DeliveryCompleter {

	private final String client;

	private final Executor executor;

	private final ObserverNotifier notifier;

	private final MessageIdGenerator ids;

	private final OutboxCapacity capacity;

	private final LongSupplier nanoTime;

	/**
	 * Create a completer.
	 * @param client name of the client
	 * @param executor completes futures, one after the other
	 * @param notifier notifies observers of dropped messages
	 * @param ids creates ids for messages that have none
	 * @param capacity counts messages until their futures are complete
	 * @param nanoTime present time
	 */
	public DeliveryCompleter(String client, Executor executor, ObserverNotifier notifier, MessageIdGenerator ids,
			OutboxCapacity capacity, LongSupplier nanoTime) {
		this.client = client;
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
	public void delivered(List<OutboxEntry> entries) {
		this.executor.execute(() -> {
			long now = this.nanoTime.getAsLong();
			try {
				for (OutboxEntry entry : entries) {
					entry.delivered(this.ids, now);
					ended(entry, true, now);
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
	 * @param detail explanation for a reader
	 * @param kept whether a store keeps the message
	 */
	public void failed(OutboxEntry entry, Reason reason, String detail, boolean kept) {
		String id = entry.id(this.ids);
		if (reason == Reason.REJECTED || reason == Reason.DROPPED || reason == Reason.EXPIRED) {
			this.notifier.messageDropped(id, reason);
		}
		this.executor.execute(() -> {
			entry.failed(id, reason, detail, kept);
			ended(entry, false, this.nanoTime.getAsLong());
			this.capacity.completed(1);
		});
	}

	private void ended(OutboxEntry entry, boolean success, long now) {
		Duration elapsed = Duration.ofNanos(now - entry.acceptedNanos());
		this.notifier.notifyNow((observer) -> observer.deliveryEnded(this.client, success, elapsed));
	}

}
