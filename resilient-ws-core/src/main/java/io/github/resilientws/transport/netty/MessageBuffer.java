package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;

/**
 * The bytes of one message that arrives in pieces. Begins with the given capacity, and
 * grows with the received bytes, never by a size that the peer announces.
 */
final class MessageBuffer {

	private static final int MIN_CAPACITY = 1024;

	private static final byte[] EMPTY = {};

	private byte[] bytes;

	private int size;

	MessageBuffer() {
		this.bytes = EMPTY;
	}

	MessageBuffer(int capacity) {
		this.bytes = new byte[capacity];
	}

	/**
	 * Append a piece.
	 * @param piece array of the piece
	 * @param offset offset of its first byte
	 * @param length length of the piece
	 * @param limit largest size of the message
	 * @throws ProtocolViolationException if it becomes larger
	 */
	void append(byte[] piece, int offset, int length, int limit) throws ProtocolViolationException {
		reserve(length, limit);
		System.arraycopy(piece, offset, this.bytes, this.size, length);
		this.size += length;
	}

	/**
	 * Append a piece that the channel has read.
	 * @param piece holds the piece
	 * @param length length of the piece
	 * @param limit largest size of the message
	 * @throws ProtocolViolationException if it becomes larger
	 */
	void append(ByteBuf piece, int length, int limit) throws ProtocolViolationException {
		reserve(length, limit);
		piece.readBytes(this.bytes, this.size, length);
		this.size += length;
	}

	private void reserve(int length, int limit) throws ProtocolViolationException {
		if (length > limit - this.size) {
			throw ProtocolViolationException.tooLarge();
		}
		if (length > this.bytes.length - this.size) {
			grow(this.size + length, limit);
		}
	}

	/**
	 * Append the output of an inflater.
	 * @param inflater the inflater
	 * @param limit largest size of the message
	 * @throws ProtocolViolationException if it becomes larger
	 * @throws DataFormatException if the compressed data is invalid
	 */
	void append(Inflater inflater, int limit) throws ProtocolViolationException, DataFormatException {
		int inflated;
		do {
			if (this.size >= limit) {
				if (inflater.inflate(new byte[1]) > 0) {
					throw ProtocolViolationException.tooLarge();
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

	int size() {
		return this.size;
	}

	/**
	 * Return the message without a copy.
	 * @return array with the message at its beginning
	 */
	byte[] array() {
		return this.bytes;
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

}
