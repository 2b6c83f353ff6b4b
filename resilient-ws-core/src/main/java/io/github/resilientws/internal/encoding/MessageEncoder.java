package io.github.resilientws.internal.encoding;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.Utf8;

/**
 * Encodes messages, on the sender's thread.
 */
public interface MessageEncoder {

	/** Sends the payload unchanged; the id is for the sender only. */
	MessageEncoder VERBATIM = (message, payload) -> {
		if (message.getDestination() != null) {
			throw noDestination("delivery.envelope");
		}
		if (payload == null) {
			throw new MessageRefusedException("it has no payload, and no template that could do without");
		}
		return (payload instanceof String text) ? EncodedMessage.of(true, utf8(text), message.getId())
				: EncodedMessage.of(false, bytes((ByteBuffer) payload), message.getId());
	};

	/**
	 * Encode a message.
	 * @param message the message
	 * @param payload its payload, converted: a {@code String}, a {@code ByteBuffer}, or
	 * {@code null}
	 * @return the encoded message
	 * @throws MessageRefusedException if it cannot be encoded
	 */
	EncodedMessage encode(OutboundMessage message, @Nullable Object payload) throws MessageRefusedException;

	static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(buffer.position(), bytes);
		return bytes;
	}

	static byte[] utf8(String text) throws MessageRefusedException {
		byte[] bytes = Utf8.encode(text);
		if (bytes == null) {
			throw new MessageRefusedException("the text has an unpaired surrogate and cannot be encoded as UTF-8");
		}
		return bytes;
	}

	static MessageRefusedException noDestination(String key) {
		return new MessageRefusedException("no template writes its destination; {{destination}} is missing in " + key);
	}

}
