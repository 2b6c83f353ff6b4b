package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Assembles a message that arrives in fragments or compressed. The frame decoder has
 * checked the order of the frames.
 */
final class Fragments {

	private final int maxMessageSize;

	private final @Nullable Inflation inflation;

	private MessageBuffer message = new MessageBuffer();

	private boolean text;

	private boolean compressed;

	Fragments(int maxMessageSize, @Nullable Inflation inflation) {
		this.maxMessageSize = maxMessageSize;
		this.inflation = inflation;
	}

	boolean isText() {
		return this.text;
	}

	void begin(boolean text, boolean compressed) {
		this.text = text;
		this.compressed = compressed;
	}

	/**
	 * Add a fragment.
	 * @param bytes array of its payload
	 * @param offset offset of the payload
	 * @param length length of the payload
	 * @param last whether it is the last one
	 * @return the whole message after the last one, otherwise {@code null}
	 * @throws ProtocolViolationException if the message is larger than allowed, or its
	 * compressed data is invalid
	 */
	@Nullable MessageBuffer add(byte[] bytes, int offset, int length, boolean last) throws ProtocolViolationException {
		if (this.compressed && this.inflation != null) {
			this.inflation.inflate(ByteBuffer.wrap(bytes, offset, length), last, this.message);
		}
		else {
			this.message.append(bytes, offset, length, this.maxMessageSize);
		}
		return (last) ? take() : null;
	}

	/**
	 * Discard the fragments, and release memory outside the heap.
	 */
	void release() {
		take();
		if (this.inflation != null) {
			this.inflation.release();
		}
	}

	private MessageBuffer take() {
		MessageBuffer taken = this.message;
		this.message = new MessageBuffer();
		return taken;
	}

}
