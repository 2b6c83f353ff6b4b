package io.github.resilientws.test;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * Reads the request of the opening handshake, then frames. Confined to the connection's
 * thread.
 */
final class FrameReader {

	private static final int MAX_HEAD = 64 * 1024;

	private static final int MAX_PAYLOAD = 256 * 1024 * 1024;

	private final InputStream in;

	private final ReadGate gate;

	private final byte[] buffer;

	private int position;

	private int limit;

	FrameReader(InputStream in, ReadGate gate, int bufferSize) {
		this.in = in;
		this.gate = gate;
		this.buffer = new byte[bufferSize];
	}

	/**
	 * Read the head of an HTTP request.
	 * @return its lines, without the empty one
	 */
	String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
			if (head.length() > MAX_HEAD) {
				throw new IOException("head too long");
			}
			head.append((char) readByte());
		}
		return head.substring(0, head.length() - 4);
	}

	/**
	 * Read one frame.
	 * @return the frame, or {@code null} at the end of the stream between two frames
	 */
	@Nullable Frame readFrame() throws IOException {
		if (this.position == this.limit && !fill()) {
			return null;
		}
		int first = readByte();
		int second = readByte();
		int shortLength = second & 0x7F;
		long length = switch (shortLength) {
			case 126 -> readNumber(2);
			case 127 -> readNumber(8);
			default -> shortLength;
		};
		if (length < 0 || length > MAX_PAYLOAD) {
			throw new IOException("frame of " + Long.toUnsignedString(length) + " bytes");
		}
		boolean minimal = shortLength < 126 || length > ((shortLength == 126) ? 125 : 65535);
		boolean masked = (second & 0x80) != 0;
		int key = (masked) ? (int) readNumber(4) : 0;
		byte[] payload = readPayload((int) length);
		if (masked) {
			unmask(payload, key);
		}
		return new Frame((first & 0x80) != 0, first >> 4 & 7, first & 15, masked, key, minimal, payload);
	}

	/**
	 * Read and discard everything up to the end of the stream.
	 */
	void drain() throws IOException {
		do {
			this.position = this.limit;
		}
		while (fill());
	}

	private byte[] readPayload(int length) throws IOException {
		byte[] payload = new byte[length];
		int done = 0;
		while (done < length) {
			if (this.position == this.limit && !fill()) {
				throw new EOFException();
			}
			int part = Math.min(length - done, this.limit - this.position);
			System.arraycopy(this.buffer, this.position, payload, done, part);
			this.position += part;
			done += part;
		}
		return payload;
	}

	private long readNumber(int bytes) throws IOException {
		long number = 0;
		for (int i = 0; i < bytes; i++) {
			number = number << 8 | readByte();
		}
		return number;
	}

	private int readByte() throws IOException {
		if (this.position == this.limit && !fill()) {
			throw new EOFException();
		}
		return this.buffer[this.position++] & 0xFF;
	}

	private boolean fill() throws IOException {
		this.gate.await();
		int read = this.in.read(this.buffer);
		this.position = 0;
		this.limit = Math.max(0, read);
		return read > 0;
	}

	private static void unmask(byte[] payload, int key) {
		for (int i = 0; i < payload.length; i++) {
			payload[i] ^= (byte) (key >> (24 - 8 * (i & 3)));
		}
	}

}
