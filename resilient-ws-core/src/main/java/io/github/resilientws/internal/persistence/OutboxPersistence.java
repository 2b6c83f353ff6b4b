package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.util.Collection;

import io.github.resilientws.internal.admission.MessagePersistence;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.delivery.DeadLetterPersistence;

/**
 * Stores messages and dead letters as records.
 */
public final class OutboxPersistence implements MessagePersistence, DeadLetterPersistence {

	private final OutboxStoreHandle handle;

	private final StoreClock clock;

	public OutboxPersistence(OutboxStoreHandle handle, StoreClock clock) {
		this.handle = handle;
		this.clock = clock;
	}

	@Override
	public void load() throws IOException {
		this.handle.load();
	}

	@Override
	public void append(OutboxEntry entry) throws IOException {
		StoredMessage message = StoredMessage.waiting(entry, this.clock);
		entry.stored(this.handle.append(message::toRecord));
	}

	@Override
	public void remove(Collection<OutboxEntry> entries) {
		this.handle.remove(entries.stream().filter(OutboxEntry::isStored).mapToLong(OutboxEntry::position).toArray());
	}

	@Override
	public void replace(DeadLetterEntry letter) {
		if (letter.entry().isStored()) {
			this.handle.replace(StoredMessage.dead(letter).toRecord(letter.entry().position()));
		}
	}

	@Override
	public boolean remove(DeadLetterEntry letter) {
		return !letter.entry().isStored() || this.handle.remove(letter.entry().position());
	}

}
