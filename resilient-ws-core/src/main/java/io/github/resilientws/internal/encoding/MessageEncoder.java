package io.github.resilientws.internal.encoding;

import java.nio.ByteBuffer;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.Utf8;

/**
 * Makes the frame of a message, on the sender's thread.
 */
public interface MessageEncoder {

	/** The payload itself is the frame; the id is for the sender only. */
	MessageEncoder VERBATIM = (message, payload) -> (payload instanceof String text)
			? EncodedMessage.of(true, encode(text), message.getId())
			: EncodedMessage.of(false, bytes((ByteBuffer) payload), message.getId());

	/**
	 * Make the frame.
	 * @param message the message
	 * @param payload its payload, converted: a {@code String} or a {@code ByteBuffer}
	 * @return the frame
	 * @throws MessageRefusedException if there is none
	 */
	EncodedMessage frame(OutboundMessage message, Object payload) throws MessageRefusedException;

	static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(buffer.position(), bytes);
		return bytes;
	}

	static byte[] encode(String text) throws MessageRefusedException {
		byte[] bytes = Utf8.encode(text);
		if (bytes == null) {
			throw new MessageRefusedException("the text holds an unpaired surrogate and has no UTF-8 form");
		}
		return bytes;
	}

	static void requirePaired(String text) throws MessageRefusedException {
		encode(text);
	}

}
