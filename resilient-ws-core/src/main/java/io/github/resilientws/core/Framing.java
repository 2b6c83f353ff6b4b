package io.github.resilientws.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.resilientws.OutboundMessage;

/**
 * Makes the frame of a message, on the sender's thread.
 */
interface Framing {

	/** The payload itself is the frame; the id is for the sender only. */
	Framing VERBATIM = (message, payload) -> (payload instanceof String text)
			? new Framed(true, encode(text), message.getId())
			: new Framed(false, bytes((ByteBuffer) payload), message.getId());

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
		requirePaired(text);
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static void requirePaired(String text) throws RefusedMessageException {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (!Character.isSurrogatePair(text.charAt(i), (i + 1 < text.length()) ? text.charAt(i + 1) : 0)) {
					throw new RefusedMessageException("the text holds an unpaired surrogate and has no UTF-8 form");
				}
				i++;
			}
		}
	}

}
