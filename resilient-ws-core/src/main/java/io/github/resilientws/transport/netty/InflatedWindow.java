package io.github.resilientws.transport.netty;

import java.util.Arrays;

/**
 * The last 32 KB of a connection's inflated messages, to which later messages may refer
 * (RFC 7692, section 7.2.2). A ring that grows with the messages.
 */
final class InflatedWindow {

	/** The largest distance of a reference (RFC 1951, section 2). */
	static final int SIZE = 32 * 1024;

	private static final int MIN_CAPACITY = 1024;

	private static final byte[] EMPTY = {};

	private byte[] ring = EMPTY;

	private int end;

	private int size;

	/**
	 * Add bytes behind the others.
	 * @param bytes holds the bytes
	 * @param length number of the bytes, from the first one on
	 */
	void add(byte[] bytes, int length) {
		int count = Math.min(length, SIZE);
		if (count == 0) {
			return;
		}
		grow(this.size + count);
		int from = length - count;
		int first = Math.min(count, this.ring.length - this.end);
		System.arraycopy(bytes, from, this.ring, this.end, first);
		System.arraycopy(bytes, from + first, this.ring, 0, count - first);
		this.end = (this.end + count) % this.ring.length;
		this.size = Math.min(this.size + count, this.ring.length);
	}

	/**
	 * Return the bytes that a reference may lead to.
	 * @param bytes holds the bytes of the present message
	 * @param length number of these bytes
	 * @return the last bytes of the earlier messages and of the present one
	 */
	byte[] before(byte[] bytes, int length) {
		int present = Math.min(length, SIZE);
		int earlier = Math.min(this.size, SIZE - present);
		byte[] result = new byte[earlier + present];
		int start = Math.floorMod(this.end - earlier, Math.max(1, this.ring.length));
		int first = Math.min(earlier, this.ring.length - start);
		System.arraycopy(this.ring, start, result, 0, first);
		System.arraycopy(this.ring, 0, result, first, earlier - first);
		System.arraycopy(bytes, length - present, result, earlier, present);
		return result;
	}

	/** Forget all messages. */
	void clear() {
		this.ring = EMPTY;
		this.end = 0;
		this.size = 0;
	}

	// below its largest capacity the ring has not wrapped, so that a copy keeps the order
	private void grow(int needed) {
		if (needed > this.ring.length && this.ring.length < SIZE) {
			int capacity = Math.max(Math.max(needed, MIN_CAPACITY), this.ring.length * 2);
			this.ring = Arrays.copyOf(this.ring, Math.min(capacity, SIZE));
			this.end = this.size;
		}
	}

}
