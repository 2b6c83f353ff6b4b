package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.store.OutboxRecord;

/**
 * The content of a record in the file.
 */
final class MessageCodec {

	private static final byte VERSION = 1;

	private static final byte WAITING = 0;

	private static final byte DEAD = 1;

	private static final int FIXED = 3 + 2 * Long.BYTES + 2 * Integer.BYTES;

	private static final int FIXED_OF_DEATH = 1 + Long.BYTES;

	private MessageCodec() {
	}

	static byte[] write(OutboxRecord record) {
		byte[] name = record.id().getBytes(StandardCharsets.UTF_8);
		OutboxRecord.Death death = record.death();
		int size = FIXED + ((death != null) ? FIXED_OF_DEATH : 0) + name.length + record.payload().length;
		ByteBuffer content = ByteBuffer.allocate(size)
			.put(VERSION)
			.put((death != null) ? DEAD : WAITING)
			.put((byte) (record.text() ? 1 : 0))
			.putLong(record.acceptedMillis())
			.putLong(record.expiresMillis())
			.putInt(record.attempts())
			.putInt(name.length);
		if (death != null) {
			content.put(code(death.cause())).putLong(death.since().toEpochMilli());
		}
		return content.put(name).put(record.payload()).array();
	}

	/**
	 * Read a record.
	 * @param bytes its content
	 * @return the record
	 * @throws IOException if this version does not know its format
	 */
	static OutboxRecord read(byte[] bytes) throws IOException {
		ByteBuffer content = ByteBuffer.wrap(bytes);
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
			OutboxRecord.Death death = dead
					? new OutboxRecord.Death(cause(content.get()), Instant.ofEpochMilli(content.getLong())) : null;
			content.get(name);
			byte[] payload = new byte[content.remaining()];
			content.get(payload);
			return new OutboxRecord(new String(name, StandardCharsets.UTF_8), null, text, payload, accepted, expires,
					attempts, death);
		}
		catch (BufferUnderflowException | NegativeArraySizeException ex) {
			throw new IOException("it is not a message", ex);
		}
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

}
