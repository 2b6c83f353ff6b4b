package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

/**
 * A message with the bytes that every transmission of it sends.
 *
 * @param text whether it is a text message
 * @param bytes its payload
 * @param id id of the message, or {@code null} if it has none yet
 * @param unique whether the id was generated for this message, so that no other message
 * has it
 */
public record EncodedMessage(boolean text, byte[] bytes, @Nullable String id, boolean unique) {

	private static final byte[] NO_BYTES = new byte[0];

	public static EncodedMessage of(boolean text, byte[] bytes, @Nullable String id) {
		return new EncodedMessage(text, bytes, id, false);
	}

	/**
	 * Return a copy that holds the id but no payload.
	 * @return the copy
	 */
	public EncodedMessage withoutBytes() {
		return new EncodedMessage(this.text, NO_BYTES, this.id, this.unique);
	}

}
