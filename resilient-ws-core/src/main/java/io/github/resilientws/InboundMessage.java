package io.github.resilientws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A message received from the server, complete and immutable. A message that arrived in
 * several frames is one object.
 *
 * @since 0.1
 */
public final class InboundMessage {

	private final @Nullable String text;

	private final @Nullable ByteBuffer binary;

	private InboundMessage(@Nullable String text, @Nullable ByteBuffer binary) {
		this.text = text;
		this.binary = binary;
	}

	/**
	 * Create a text message.
	 * @param text the text
	 * @return the message
	 */
	public static InboundMessage text(String text) {
		Assert.notNull(text, "'text' must not be null");
		return new InboundMessage(text, null);
	}

	/**
	 * Create a binary message.
	 * @param bytes the bytes; they are not copied and must not change afterwards
	 * @return the message
	 */
	public static InboundMessage binary(ByteBuffer bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		return new InboundMessage(null, bytes.asReadOnlyBuffer());
	}

	/**
	 * Return whether this is a text message.
	 * @return {@code false} for a binary message
	 */
	public boolean isText() {
		return this.text != null;
	}

	/**
	 * Return the text.
	 * @return the text of a text message
	 * @throws IllegalStateException if this is a binary message
	 */
	public String text() {
		if (this.text == null) {
			throw new IllegalStateException("a binary message has no text: use bytes()");
		}
		return this.text;
	}

	/**
	 * Return the bytes.
	 * @return a new read-only view of the payload; for a text message its UTF-8 bytes
	 */
	public ByteBuffer bytes() {
		if (this.binary != null) {
			return this.binary.duplicate();
		}
		return ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
	}

	@Override
	public String toString() {
		return (this.binary != null) ? "binary message of " + this.binary.remaining() + " bytes"
				: "text message of " + text().length() + " characters";
	}

}
