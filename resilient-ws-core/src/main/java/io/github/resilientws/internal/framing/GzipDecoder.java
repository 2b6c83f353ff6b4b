package io.github.resilientws.internal.framing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

import io.github.resilientws.internal.codec.FramingException;

/**
 * Decodes frames that are compressed with gzip (RFC 1952), one member each. The stream of
 * the JDK ignores bytes after the last member, so it cannot be used.
 */
final class GzipDecoder {

	private static final int MAGIC = 0x8b1f;

	private static final int DEFLATE = 8;

	private static final int HEADER_CHECKSUM = 2;

	private static final int EXTRA = 4;

	private static final int NAME = 8;

	private static final int COMMENT = 16;

	private static final int RESERVED = 0xe0;

	// time, extra flags, operating system
	private static final int UNUSED = 6;

	private GzipDecoder() {
	}

	/**
	 * Decode a frame.
	 * @param frame the frame
	 * @param limit largest number of inflated bytes
	 * @return the text
	 * @throws FramingException if it is not gzip, or too large
	 */
	static String decode(ByteBuffer frame, int limit) {
		ByteBuffer input = frame.order(ByteOrder.LITTLE_ENDIAN);
		try {
			skipHeader(input);
			ByteBuffer text = inflate(input, limit);
			CRC32 checksum = new CRC32();
			checksum.update(text.duplicate());
			if (input.getInt() != (int) checksum.getValue() || input.getInt() != text.remaining()
					|| input.hasRemaining()) {
				throw FramingException.invalid("not one gzip member");
			}
			return BinaryDecoder.text(text);
		}
		catch (BufferUnderflowException ex) {
			throw FramingException.invalid("gzip is truncated");
		}
	}

	private static ByteBuffer inflate(ByteBuffer input, int limit) {
		try (BoundedInflater inflater = new BoundedInflater(true, limit)) {
			inflater.inflate(input);
			if (!inflater.isFinished()) {
				throw FramingException.invalid("gzip is truncated");
			}
			return inflater.take();
		}
	}

	private static void skipHeader(ByteBuffer input) {
		if ((input.getShort() & 0xFFFF) != MAGIC || input.get() != DEFLATE) {
			throw FramingException.invalid("not gzip");
		}
		int flags = input.get();
		if ((flags & RESERVED) != 0) {
			throw FramingException.invalid("gzip with unknown flags");
		}
		skip(input, UNUSED);
		if ((flags & EXTRA) != 0) {
			skip(input, input.getShort() & 0xFFFF);
		}
		if ((flags & NAME) != 0) {
			skipText(input);
		}
		if ((flags & COMMENT) != 0) {
			skipText(input);
		}
		if ((flags & HEADER_CHECKSUM) != 0) {
			skip(input, Short.BYTES);
		}
	}

	private static void skip(ByteBuffer input, int count) {
		if (count > input.remaining()) {
			throw new BufferUnderflowException();
		}
		input.position(input.position() + count);
	}

	private static void skipText(ByteBuffer input) {
		while (input.get() != 0) {
			// up to its end
		}
	}

}
