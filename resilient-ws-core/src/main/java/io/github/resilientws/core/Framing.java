package io.github.resilientws.core;

import java.nio.ByteBuffer;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.Utf8;

/**
 * Makes the frame of a message, on the sender's thread.
 */
interface Framing {

	/** The payload itself is the frame; the id is for the sender only. */
	Framing VERBATIM = (message, payload) -> (payload instanceof String text)
			? Framed.of(true, encode(text), message.getId())
			: Framed.of(false, bytes((ByteBuffer) payload), message.getId());

	/**
	 * Make the frame.
	 * @param message the message
	 * @param payload its payload, converted: a {@code String} or a {@code ByteBuffer}
	 * @return the frame
	 * @throws RefusedMessageException if there is none
	 */
	Framed frame(OutboundMessage message, Object payload) throws RefusedMessageException;

	static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(buffer.position(), bytes);
		return bytes;
	}

	static byte[] encode(String text) throws RefusedMessageException {
		byte[] bytes = Utf8.encode(text);
		if (bytes == null) {
			throw new RefusedMessageException("the text holds an unpaired surrogate and has no UTF-8 form");
		}
		return bytes;
	}

	static void requirePaired(String text) throws RefusedMessageException {
		encode(text);
	}

}
