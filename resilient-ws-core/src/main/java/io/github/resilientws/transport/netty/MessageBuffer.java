package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.TooLongFrameException;

/**
 * The bytes of one message that arrives in pieces. Grows with the received bytes, never
 * by a size that the peer announces.
 */
final class MessageBuffer {

	private static final int MIN_CAPACITY = 1024;

	private static final byte[] EMPTY = {};

	private byte[] bytes = EMPTY;

	private int size;

	/**
	 * Append a piece.
	 * @param piece the piece
	 * @param limit largest size of the message
	 * @throws TooLongFrameException if it becomes larger
	 */
	void append(ByteBuf piece, int limit) {
		int length = piece.readableBytes();
		if (length > limit - this.size) {
			throw tooLarge();
		}
		if (length > this.bytes.length - this.size) {
			grow(this.size + length, limit);
		}
		piece.readBytes(this.bytes, this.size, length);
		this.size += length;
	}

	/**
	 * Append the output of an inflater.
	 * @param inflater the inflater
	 * @param limit largest size of the message
	 * @throws TooLongFrameException if it becomes larger
	 * @throws DataFormatException if the compressed data is invalid
	 */
	void append(Inflater inflater, int limit) throws DataFormatException {
		int inflated;
		do {
			if (this.size >= limit) {
				if (inflater.inflate(new byte[1]) > 0) {
					throw tooLarge();
				}
				return;
			}
			if (this.size == this.bytes.length) {
				grow(this.size + 1, limit);
			}
			inflated = inflater.inflate(this.bytes, this.size, Math.min(this.bytes.length, limit) - this.size);
			this.size += inflated;
		}
		while (inflated > 0);
	}

	/**
	 * Return the window of the references in the rest of the message.
	 * @param earlier the earlier messages
	 * @return the last bytes of all messages
	 */
	byte[] windowAfter(InflatedWindow earlier) {
		return earlier.before(this.bytes, this.size);
	}

	/**
	 * Add the message to the earlier ones.
	 * @param earlier the earlier messages
	 */
	void addTo(InflatedWindow earlier) {
		earlier.add(this.bytes, this.size);
	}

	/**
	 * Return the message without a copy.
	 * @return the message
	 */
	ByteBuf view() {
		return Unpooled.wrappedBuffer(this.bytes, 0, this.size);
	}

	/**
	 * Return the message in an array of the exact size.
	 * @return the message
	 */
	ByteBuffer toBytes() {
		return ByteBuffer.wrap((this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size));
	}

	private void grow(int needed, int limit) {
		long doubled = Math.max(MIN_CAPACITY, this.bytes.length * 2L);
		this.bytes = Arrays.copyOf(this.bytes, (int) Math.max(needed, Math.min(doubled, limit)));
	}

	private static TooLongFrameException tooLarge() {
		return new TooLongFrameException("message too large");
	}

}
