package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire for one message, the same bytes each time.
 *
 * @param text whether it is a text frame
 * @param bytes payload of the frame
 * @param id id of the message, or {@code null} if nobody needs one yet
 * @param unique whether the id was made for this message, so that no other has it
 */
public record EncodedMessage(boolean text, byte[] bytes, @Nullable String id, boolean unique) {

	public static EncodedMessage of(boolean text, byte[] bytes, @Nullable String id) {
		return new EncodedMessage(text, bytes, id, false);
	}

}
