package io.github.resilientws.internal.persistence;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.store.OutboxRecord;

/**
 * Converts messages and dead letters to records of a store, which has times of the wall
 * clock, and back.
 */
final class RecordConverter {

	private final StoreClock clock;

	RecordConverter(StoreClock clock) {
		this.clock = clock;
	}

	OutboxRecord toRecord(OutboxEntry entry) {
		long now = this.clock.nanoTime().getAsLong();
		long expires = entry.expires() ? Math.max(1, this.clock.toMillis(now + entry.remainingNanos(now))) : 0;
		return new OutboxRecord(entry.requireId(), entry.key(), entry.isText(), entry.payload(),
				this.clock.toMillis(entry.acceptedNanos()), expires, entry.attempts(), null);
	}

	OutboxRecord toRecord(DeadLetterEntry letter) {
		OutboxEntry entry = letter.entry();
		return new OutboxRecord(entry.requireId(), entry.key(), entry.isText(), entry.payload(),
				letter.since().toEpochMilli(), 0, entry.attempts(),
				new OutboxRecord.Death(letter.cause(), letter.since()));
	}

	OutboxEntry toEntry(long position, OutboxRecord record) {
		long now = this.clock.nanoTime().getAsLong();
		// if the wall clock was set back, a message must not
		// appear to be accepted in the future
		long accepted = Math.min(now, this.clock.toNanos(record.acceptedMillis()));
		long ttl = (record.expiresMillis() == 0) ? OutboxEntry.NEVER
				: this.clock.toNanos(record.expiresMillis()) - accepted;
		EncodedMessage message = EncodedMessage.of(record.text(), record.payload(), record.id());
		return OutboxEntry.recovered(message, position, record.attempts(), accepted, ttl);
	}

}
