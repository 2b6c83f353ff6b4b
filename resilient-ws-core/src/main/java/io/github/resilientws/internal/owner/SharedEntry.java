package io.github.resilientws.internal.owner;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.persistence.RecordConverter;
import io.github.resilientws.internal.shared.PendingDeliveries.PendingDelivery;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxFeed.StoredMessage;
import io.github.resilientws.store.OutboxRecord;

/**
 * A message of a shared store, in the outbox of the owner of its line. If a sender of
 * this instance waits for it, it completes the future of that sender.
 */
final class SharedEntry extends OutboxEntry {

	private final Ownership ownership;

	private final @Nullable String key;

	private final @Nullable PendingDelivery delivery;

	SharedEntry(StoredMessage stored, RecordConverter converter, Ownership ownership,
			@Nullable PendingDelivery delivery) {
		this(stored, converter.acceptedNanos(stored.message()), converter, ownership, delivery);
	}

	private SharedEntry(StoredMessage stored, long acceptedNanos, RecordConverter converter, Ownership ownership,
			@Nullable PendingDelivery delivery) {
		super(message(stored.message()), acceptedNanos, converter.ttlNanos(stored.message(), acceptedNanos),
				stored.perhapsSent(), (delivery != null) ? delivery.future() : new CompletableFuture<>());
		this.ownership = ownership;
		this.key = stored.message().key();
		this.delivery = delivery;
		stored(stored.position());
	}

	private static EncodedMessage message(OutboxRecord record) {
		return EncodedMessage.of(record.text(), record.payload(), record.id());
	}

	Ownership ownership() {
		return this.ownership;
	}

	MessagePosition storedAt() {
		return new MessagePosition(position(), requireId());
	}

	@Nullable String key() {
		return this.key;
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public void remains() {
		if (this.delivery != null) {
			this.delivery.remains();
		}
	}

}
