package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

/**
 * A message as it goes over the wire, the same bytes each time.
 *
 * @param text whether it is a text message
 * @param bytes its payload
 * @param id id of the message, or {@code null} if it has none yet
 * @param unique whether the id was made for this message, so that no other has it
 */
public record EncodedMessage(boolean text, byte[] bytes, @Nullable String id, boolean unique) {

	private static final byte[] NO_BYTES = new byte[0];

	public static EncodedMessage of(boolean text, byte[] bytes, @Nullable String id) {
		return new EncodedMessage(text, bytes, id, false);
	}

	/**
	 * Return a copy that is only good for its id.
	 * @return the copy
	 */
	public EncodedMessage withoutBytes() {
		return new EncodedMessage(this.text, NO_BYTES, this.id, this.unique);
	}

}
