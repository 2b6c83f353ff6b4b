package io.github.resilientws.transport;

/**
 * A data frame to write.
 */
public interface OutboundPayload {

	/**
	 * Return whether this is a text frame.
	 * @return {@code false} for a binary frame
	 */
	boolean isText();

	/**
	 * Return the payload; of a text frame its UTF-8 bytes.
	 * @return the bytes, not to be changed: they may have to be written again
	 */
	byte[] payload();

}
