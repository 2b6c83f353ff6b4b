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

	private final RecordConverter converter;

	public OutboxPersistence(OutboxStoreHandle handle, StoreClock clock) {
		this.handle = handle;
		this.converter = new RecordConverter(clock);
	}

	@Override
	public void load() throws IOException {
		this.handle.load();
	}

	@Override
	public void append(OutboxEntry entry) throws IOException {
		entry.stored(this.handle.append(this.converter.toRecord(entry)));
	}

	@Override
	public void remove(Collection<OutboxEntry> entries) {
		this.handle.remove(entries.stream().filter(OutboxEntry::isStored).mapToLong(OutboxEntry::position).toArray());
	}

	// dead letters are replaced by their queue
	@Override
	public void end(OutboxEntry entry, Failure failure, Outcome outcome) {
		if (failure.deadLetter() == null) {
			remove(entry);
		}
		outcome.ended();
	}

	@Override
	public void replace(DeadLetterEntry letter) {
		if (letter.entry().isStored()) {
			this.handle.end(letter.entry().position(), this.converter.toRecord(letter));
		}
	}

	@Override
	public boolean remove(DeadLetterEntry letter) {
		return !letter.entry().isStored() || this.handle.remove(letter.entry().position());
	}

}
