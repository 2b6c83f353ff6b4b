package io.github.resilientws.internal.encoding;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A message with the bytes that every transmission of it sends, or with those of its
 * payload if its text depends on the connection.
 *
 * @param text whether it is a text message
 * @param bytes its payload
 * @param givenId id that another message may have, too, or {@code null}
 * @param uniqueId id that was generated for this message, so that no other message has
 * it, or {@code null}; its text is created when it is asked for
 * @param deferred renders the text for a connection, or {@code null} to send the bytes
 */
public record EncodedMessage(boolean text, byte[] bytes, @Nullable String givenId, @Nullable UUID uniqueId,
		@Nullable DeferredText deferred) {

	private static final byte[] NO_BYTES = new byte[0];

	public static EncodedMessage of(boolean text, byte[] bytes, @Nullable String id) {
		return new EncodedMessage(text, bytes, id, null, null);
	}

	/**
	 * Create a text message whose text depends on the connection.
	 * @param payload its payload
	 * @param id id that the sender gave, or {@code null}
	 * @param text renders the text
	 * @return the message
	 */
	public static EncodedMessage deferred(byte[] payload, @Nullable String id, DeferredText text) {
		return new EncodedMessage(true, payload, id, null, text);
	}

	/**
	 * Return the id of the message.
	 * @return the id, or {@code null} if it has none yet
	 */
	public @Nullable String id() {
		return (this.uniqueId != null) ? this.uniqueId.toString() : this.givenId;
	}

	/**
	 * Return a copy whose text is rendered by another object.
	 * @param text renders the text
	 * @return the copy
	 */
	public EncodedMessage withDeferred(DeferredText text) {
		return new EncodedMessage(this.text, this.bytes, this.givenId, this.uniqueId, text);
	}

	/**
	 * Return a copy that holds the id but no payload.
	 * @return the copy
	 */
	public EncodedMessage withoutBytes() {
		return new EncodedMessage(this.text, NO_BYTES, this.givenId, this.uniqueId, null);
	}

}
