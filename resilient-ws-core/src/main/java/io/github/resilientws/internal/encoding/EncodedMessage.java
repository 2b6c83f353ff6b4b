package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

/**
 * A message with the bytes that every transmission of it sends, or with those of its
 * payload if its text depends on the connection.
 *
 * @param text whether it is a text message
 * @param bytes its payload
 * @param id id of the message, or {@code null} if it has none yet
 * @param unique whether the id was generated for this message, so that no other message
 * has it
 * @param deferred renders the text for a connection, or {@code null} to send the bytes
 */
public record EncodedMessage(boolean text, byte[] bytes, @Nullable String id, boolean unique,
		@Nullable DeferredText deferred) {

	private static final byte[] NO_BYTES = new byte[0];

	public static EncodedMessage of(boolean text, byte[] bytes, @Nullable String id) {
		return new EncodedMessage(text, bytes, id, false, null);
	}

	/**
	 * Create a text message whose text depends on the connection.
	 * @param payload its payload
	 * @param id id that the sender gave, or {@code null}
	 * @param text renders the text
	 * @return the message
	 */
	public static EncodedMessage deferred(byte[] payload, @Nullable String id, DeferredText text) {
		return new EncodedMessage(true, payload, id, false, text);
	}

	/**
	 * Return a copy whose text is rendered by another object.
	 * @param text renders the text
	 * @return the copy
	 */
	public EncodedMessage withDeferred(DeferredText text) {
		return new EncodedMessage(this.text, this.bytes, this.id, this.unique, text);
	}

	/**
	 * Return a copy that holds the id but no payload.
	 * @return the copy
	 */
	public EncodedMessage withoutBytes() {
		return new EncodedMessage(this.text, NO_BYTES, this.id, this.unique, null);
	}

}
