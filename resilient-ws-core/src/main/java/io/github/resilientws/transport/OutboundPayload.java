package io.github.resilientws.transport;

/**
 * A data message to write.
 *
 * @since 0.1
 */
public interface OutboundPayload {

	/**
	 * Return whether this is a text message.
	 * @return {@code false} for a binary message
	 */
	boolean isText();

	/**
	 * Return the payload; of a text message its UTF-8 bytes.
	 * @return the bytes, which must not be modified: they may be written again
	 */
	byte[] payload();

	/**
	 * Create a text message.
	 * @param utf8 the text in UTF-8, not copied
	 * @return the message
	 */
	static OutboundPayload text(byte[] utf8) {
		return new TextPayload(utf8);
	}

}
