package io.github.resilientws.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;

/**
 * An accepted message that is not finished, or a dead letter. The array is not copied and
 * must not change.
 *
 * @param id id of the message
 * @param key its key, or {@code null}; only a store that several instances share has keys
 * @param text whether it is a text message
 * @param payload its bytes on the wire, UTF-8 for a text message
 * @param acceptedMillis when it was accepted, in milliseconds since the epoch
 * @param expiresMillis when it expires, in milliseconds since the epoch; 0 for never
 * @param attempts how often it was handed to a transport when it was stored
 * @param death why and when it was given up, or {@code null} if it is to be sent
 * @since 0.1
 */
public record OutboxRecord(String id, @Nullable String key, boolean text, byte[] payload, long acceptedMillis,
		long expiresMillis, int attempts, @Nullable Death death) {

	@Override
	public String toString() {
		return "OutboxRecord[bytes=" + this.payload.length + ", dead=" + (this.death != null) + "]";
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
