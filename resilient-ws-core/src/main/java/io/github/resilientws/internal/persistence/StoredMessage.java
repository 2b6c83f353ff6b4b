package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.store.OutboxRecord;

/**
 * A stored message, with times of the wall clock.
 *
 * @param message the encoded message and its id
 * @param acceptedMillis when it was accepted
 * @param expiresMillis when it expires; 0 for never
 * @param attempts how often it was handed to a transport when it was given up
 * @param death why and when it was given up, or {@code null} if it is to be sent
 */
public record StoredMessage(EncodedMessage message, long acceptedMillis, long expiresMillis, int attempts,
		@Nullable Death death) {

	private static final byte VERSION = 1;

	private static final byte WAITING = 0;

	private static final byte DEAD = 1;

	private static final int FIXED = 3 + 2 * Long.BYTES + 2 * Integer.BYTES;

	private static final int FIXED_OF_DEATH = 1 + Long.BYTES;

	static StoredMessage waiting(OutboxEntry entry, StoreClock clock) {
		long now = clock.nanoTime().getAsLong();
		long expires = entry.expires() ? Math.max(1, clock.toMillis(now + entry.remainingNanos(now))) : 0;
		return new StoredMessage(entry.message(), clock.toMillis(entry.acceptedNanos()), expires, entry.attempts(),
				null);
	}

	static StoredMessage dead(DeadLetterEntry letter) {
		Death death = new Death(letter.cause(), letter.since());
		OutboxEntry entry = letter.entry();
		return new StoredMessage(entry.message(), death.since().toEpochMilli(), 0, entry.attempts(), death);
	}

	OutboxRecord toRecord(long position) {
		byte[] name = Objects.requireNonNull(this.message.id()).getBytes(StandardCharsets.UTF_8);
		int size = FIXED + ((this.death != null) ? FIXED_OF_DEATH : 0) + name.length + this.message.bytes().length;
		ByteBuffer content = ByteBuffer.allocate(size)
			.put(VERSION)
			.put((this.death != null) ? DEAD : WAITING)
			.put((byte) (this.message.text() ? 1 : 0))
			.putLong(this.acceptedMillis)
			.putLong(this.expiresMillis)
			.putInt(this.attempts)
			.putInt(name.length);
		if (this.death != null) {
			content.put(code(this.death.cause())).putLong(this.death.since().toEpochMilli());
		}
		return new OutboxRecord(position, content.put(name).put(this.message.bytes()).array());
	}

	/**
	 * Read a record.
	 * @param record the record
	 * @return the message
	 * @throws IOException if this version does not know its format
	 */
	public static StoredMessage read(OutboxRecord record) throws IOException {
		ByteBuffer content = ByteBuffer.wrap(record.content());
		try {
			if (content.get() != VERSION) {
				throw new IOException("its format is not known to this version");
			}
			boolean dead = isDead(content.get());
			boolean text = content.get() == 1;
			long accepted = content.getLong();
			long expires = content.getLong();
			int attempts = content.getInt();
			byte[] name = new byte[content.getInt()];
			Death death = dead ? new Death(cause(content.get()), Instant.ofEpochMilli(content.getLong())) : null;
			content.get(name);
			byte[] bytes = new byte[content.remaining()];
			content.get(bytes);
			String id = new String(name, StandardCharsets.UTF_8);
			return new StoredMessage(EncodedMessage.of(text, bytes, id), accepted, expires, attempts, death);
		}
		catch (BufferUnderflowException | NegativeArraySizeException ex) {
			throw new IOException("it is not a message", ex);
		}
	}

	OutboxEntry toEntry(long position, StoreClock clock) {
		long now = clock.nanoTime().getAsLong();
		// if the wall clock was set back, a message must not
		// appear to be accepted in the future
		long accepted = Math.min(now, clock.toNanos(this.acceptedMillis));
		long ttl = (this.expiresMillis == 0) ? OutboxEntry.NEVER : clock.toNanos(this.expiresMillis) - accepted;
		return OutboxEntry.recovered(this.message, position, this.attempts, accepted, ttl);
	}

	private static boolean isDead(byte kind) throws IOException {
		return switch (kind) {
			case WAITING -> false;
			case DEAD -> true;
			default -> throw new IOException("its kind is not known to this version");
		};
	}

	// codes in existing files; a new cause needs a new code
	private static byte code(DeadLetter.Cause cause) {
		return switch (cause) {
			case NOT_ACKNOWLEDGED -> 0;
			case POISON -> 1;
			case NOT_ENCODED -> 2;
			case UNKNOWN -> -1;
		};
	}

	// a later version may have more causes
	private static DeadLetter.Cause cause(byte code) {
		return switch (code) {
			case 0 -> DeadLetter.Cause.NOT_ACKNOWLEDGED;
			case 1 -> DeadLetter.Cause.POISON;
			case 2 -> DeadLetter.Cause.NOT_ENCODED;
			default -> DeadLetter.Cause.UNKNOWN;
		};
	}

	/**
	 * Why and when a message was given up.
	 *
	 * @param cause the cause
	 * @param since when
	 */
	public record Death(DeadLetter.Cause cause, Instant since) {

	}

}
