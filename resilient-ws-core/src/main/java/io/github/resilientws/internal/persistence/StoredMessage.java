package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.store.OutboxRecord;

/**
 * A message as a store keeps it: with times of the wall clock.
 *
 * @param frame the frame and its id
 * @param acceptedMillis when it was accepted
 * @param expiresMillis when it is not sent any more; 0 for never
 * @param attempts how often it was handed to a transport when it was given up
 * @param death how it was given up, or {@code null} if it is to be sent
 */
public record StoredMessage(EncodedMessage frame, long acceptedMillis, long expiresMillis, int attempts,
		@Nullable Death death) {

	private static final byte VERSION = 1;

	private static final byte ALIVE = 0;

	private static final byte DEAD = 1;

	private static final int FIXED = 3 + 2 * Long.BYTES + 2 * Integer.BYTES;

	private static final int FIXED_OF_DEATH = 1 + Long.BYTES;

	public static StoredMessage alive(OutboxEntry entry, InstantSource clock, long now) {
		long accepted = clock.millis() - TimeUnit.NANOSECONDS.toMillis(now - entry.acceptedNanos());
		long expires = entry.expires()
				? Math.max(1, clock.millis() + TimeUnit.NANOSECONDS.toMillis(entry.remainingNanos(now))) : 0;
		return new StoredMessage(entry.frame(), accepted, expires, entry.attempts(), null);
	}

	public static StoredMessage dead(OutboxEntry entry, Death death) {
		return new StoredMessage(entry.frame(), death.since().toEpochMilli(), 0, entry.attempts(), death);
	}

	public OutboxRecord record(long position) {
		byte[] name = Objects.requireNonNull(this.frame.id()).getBytes(StandardCharsets.UTF_8);
		int size = FIXED + ((this.death != null) ? FIXED_OF_DEATH : 0) + name.length + this.frame.bytes().length;
		ByteBuffer content = ByteBuffer.allocate(size)
			.put(VERSION)
			.put((this.death != null) ? DEAD : ALIVE)
			.put((byte) (this.frame.text() ? 1 : 0))
			.putLong(this.acceptedMillis)
			.putLong(this.expiresMillis)
			.putInt(this.attempts)
			.putInt(name.length);
		if (this.death != null) {
			content.put((byte) this.death.cause().ordinal()).putLong(this.death.since().toEpochMilli());
		}
		return new OutboxRecord(position, content.put(name).put(this.frame.bytes()).array());
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
			boolean dead = content.get() == DEAD;
			boolean text = content.get() == 1;
			long accepted = content.getLong();
			long expires = content.getLong();
			int attempts = content.getInt();
			byte[] name = new byte[content.getInt()];
			Death death = dead
					? new Death(DeadLetter.Cause.values()[content.get()], Instant.ofEpochMilli(content.getLong()))
					: null;
			content.get(name);
			byte[] bytes = new byte[content.remaining()];
			content.get(bytes);
			String id = new String(name, StandardCharsets.UTF_8);
			return new StoredMessage(EncodedMessage.of(text, bytes, id), accepted, expires, attempts, death);
		}
		catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException ex) {
			throw new IOException("it is not a message", ex);
		}
	}

	public OutboxEntry entry(long position, InstantSource clock, long now) {
		long wall = clock.millis();
		long acceptedNanos = now - TimeUnit.MILLISECONDS.toNanos(Math.max(0, wall - this.acceptedMillis));
		long ttl = (this.expiresMillis == 0) ? OutboxEntry.NEVER
				: TimeUnit.MILLISECONDS.toNanos(this.expiresMillis - wall) + now - acceptedNanos;
		return OutboxEntry.recovered(this.frame, position, this.attempts, acceptedNanos, ttl);
	}

	/**
	 * The end of a message that was given up.
	 *
	 * @param cause why
	 * @param since when
	 */
	public record Death(DeadLetter.Cause cause, Instant since) {

	}

}
