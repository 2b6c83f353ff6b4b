package io.github.resilientws.internal.persistence;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.store.OutboxRecord;

/**
 * Converts messages and dead letters to records of a store, which has times of the wall
 * clock, and back.
 */
public final class RecordConverter {

	private final StoreClock clock;

	/**
	 * Create a converter.
	 * @param clock the clock of the client
	 */
	public RecordConverter(StoreClock clock) {
		this.clock = clock;
	}

	/**
	 * Return the clock of the times in records.
	 * @return the wall clock of the client
	 */
	public InstantSource clock() {
		return this.clock.wall();
	}

	/**
	 * Convert a message that is accepted now.
	 * @param encoded the message, which has an id
	 * @param message what the application sent
	 * @param ttl the time to live of a message that has none of its own; zero for no
	 * limit
	 * @return the record
	 */
	public OutboxRecord toRecord(EncodedMessage encoded, OutboundMessage message, Duration ttl) {
		long now = this.clock.wall().millis();
		Duration own = message.getTimeToLive();
		long expires = expiry(now, (own != null) ? own : ttl);
		return new OutboxRecord(Objects.requireNonNull(encoded.id()), message.getKey(), encoded.text(), encoded.bytes(),
				now, expires, 0, null);
	}

	private static long expiry(long now, Duration ttl) {
		long nanos = Nanos.of(ttl);
		return (nanos == 0 || nanos == Nanos.MAX) ? 0 : now + Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
	}

	OutboxRecord toRecord(OutboxEntry entry) {
		long now = this.clock.nanoTime().getAsLong();
		long expires = entry.expires() ? Math.max(1, this.clock.toMillis(now + entry.remainingNanos(now))) : 0;
		return new OutboxRecord(entry.requireId(), null, entry.isText(), entry.payload(),
				this.clock.toMillis(entry.acceptedNanos()), expires, entry.attempts(), null);
	}

	OutboxRecord toRecord(DeadLetterEntry letter) {
		OutboxEntry entry = letter.entry();
		return new OutboxRecord(entry.requireId(), null, entry.isText(), entry.payload(), letter.since().toEpochMilli(),
				0, entry.attempts(), new OutboxRecord.Death(letter.cause(), letter.since()));
	}

	OutboxEntry toEntry(long position, OutboxRecord record) {
		long accepted = acceptedNanos(record);
		long ttl = ttlNanos(record, accepted);
		EncodedMessage message = EncodedMessage.of(record.text(), record.payload(), record.id());
		return OutboxEntry.recovered(message, position, record.attempts(), accepted, ttl);
	}

	/**
	 * Return when a message was accepted.
	 * @param record the message
	 * @return monotonic time, not in the future
	 */
	public long acceptedNanos(OutboxRecord record) {
		// the wall clock may have been set back
		return Math.min(this.clock.nanoTime().getAsLong(), this.clock.toNanos(record.acceptedMillis()));
	}

	/**
	 * Return how long a message may wait.
	 * @param record the message
	 * @param acceptedNanos when it was accepted
	 * @return nanoseconds, or {@link OutboxEntry#NEVER}
	 */
	public long ttlNanos(OutboxRecord record, long acceptedNanos) {
		return (record.expiresMillis() == 0) ? OutboxEntry.NEVER
				: this.clock.toNanos(record.expiresMillis()) - acceptedNanos;
	}

}
