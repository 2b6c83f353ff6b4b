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

}
