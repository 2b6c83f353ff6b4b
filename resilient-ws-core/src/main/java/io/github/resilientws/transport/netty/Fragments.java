package io.github.resilientws.transport.netty;

import java.io.ByteArrayOutputStream;

import io.netty.handler.codec.TooLongFrameException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of a message together. The frame decoder has made sure that they
 * come in a legal order.
 */
final class Fragments {

	private final int maxMessageSize;

	private @Nullable ByteArrayOutputStream message;

	private boolean text;

	Fragments(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	boolean isText() {
		return this.text;
	}

	void begin(boolean text, byte[] payload) {
		this.text = text;
		this.message = new ByteArrayOutputStream(payload.length);
		this.message.writeBytes(payload);
	}

	/**
	 * Add a fragment.
	 * @param payload its payload
	 * @param last whether it is the last one
	 * @return the whole message after the last one, otherwise {@code null}
	 * @throws TooLongFrameException if the message is larger than allowed
	 */
	byte @Nullable [] add(byte[] payload, boolean last) {
		ByteArrayOutputStream begun = this.message;
		if (begun == null) {
			return null;
		}
		if (payload.length > this.maxMessageSize - begun.size()) {
			this.message = null;
			throw new TooLongFrameException("message too large");
		}
		begun.writeBytes(payload);
		if (!last) {
			return null;
		}
		this.message = null;
		return begun.toByteArray();
	}

}
