package io.github.resilientws.internal.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.internal.admission.OutboxEntry;

/**
 * A dead letter and its message.
 *
 * @param entry the message
 * @param cause why it was given up
 * @param since when it was given up
 */
public record DeadLetterEntry(OutboxEntry entry, DeadLetter.Cause cause, Instant since) {

	String id() {
		return this.entry.requireId();
	}

	int size() {
		return this.entry.payload().length;
	}

	// the store holds milliseconds; another process may have reused the position
	boolean isSameAs(DeadLetterEntry other) {
		return id().equals(other.id()) && this.since.toEpochMilli() == other.since.toEpochMilli();
	}

	/**
	 * Return the dead letter for applications.
	 * @return the dead letter
	 */
	public DeadLetter toDeadLetter() {
		return new DeadLetter(id(), payload(this.entry.isText(), this.entry.payload()), this.entry.attempts(),
				this.since, this.cause);
	}

	/**
	 * Return a payload for applications.
	 * @param text whether it is a text
	 * @param bytes its bytes
	 * @return a {@code String} or a read-only {@code ByteBuffer}
	 */
	public static Object payload(boolean text, byte[] bytes) {
		return text ? new String(bytes, StandardCharsets.UTF_8) : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
	}

}
