package io.github.resilientws.transport.netty;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one connection (RFC 6455, section 5.2). A frame that was read as
 * a whole is passed on in place, as a range of the event loop's array. Confined to that
 * event loop.
 */
final class FrameDecoder {

	private static final int LENGTH_16 = 126;

	// of a payload that has not arrived yet: the peer may announce any length
	private static final int MAX_PREALLOCATED = 64 * 1024;

	private static final byte[] NOTHING = {};

	private final ReadBuffer buffer;

	private final FrameHandler handler;

	private final int maxPayload;

	private final boolean compression;

	// the beginning of a header
	private byte[] incomplete = NOTHING;

	// of a frame that arrives in several reads
	private @Nullable MessageBuffer payload;

	// this field and the next belong to that frame
	private int first;

	private int length;

	private boolean fragmented;

	private boolean ended;

	/**
	 * Create a decoder.
	 * @param buffer buffer of the event loop
	 * @param handler receives the frames
	 * @param maxPayload largest payload of a frame
	 * @param compression whether messages may be compressed
	 */
	FrameDecoder(ReadBuffer buffer, FrameHandler handler, int maxPayload, boolean compression) {
		this.buffer = buffer;
		this.handler = handler;
		this.maxPayload = maxPayload;
		this.compression = compression;
	}

	/**
	 * Decode what the channel read. Everything after a close frame or an invalid frame is
	 * ignored.
	 * @param in the bytes
	 * @throws ProtocolViolationException if a frame is invalid
	 */
	void decode(ByteBuf in) throws ProtocolViolationException {
		try {
			while (in.isReadable() && !this.ended) {
				if (this.payload != null) {
					readPayload(in, this.payload);
				}
				else {
					readFrames(in);
				}
			}
		}
		catch (ProtocolViolationException ex) {
			end();
			throw ex;
		}
	}

	private void readPayload(ByteBuf in, MessageBuffer payload) throws ProtocolViolationException {
		payload.append(in, Math.min(in.readableBytes(), this.length - payload.size()), this.length);
		if (payload.size() == this.length) {
			this.payload = null;
			accept(this.first, payload.array(), 0, this.length);
		}
	}

	private void readFrames(ByteBuf in) throws ProtocolViolationException {
		byte[] bytes = this.buffer.bytes();
		int start = this.incomplete.length;
		int count = Math.min(in.readableBytes(), bytes.length - start);
		System.arraycopy(this.incomplete, 0, bytes, 0, start);
		in.readBytes(bytes, start, count);
		int end = start + count;
		int decoded = decode(bytes, end);
		this.incomplete = (decoded < end) ? Arrays.copyOfRange(bytes, decoded, end) : NOTHING;
	}

	private int decode(byte[] bytes, int end) throws ProtocolViolationException {
		int position = 0;
		while (end - position >= 2) {
			int first = bytes[position];
			int second = bytes[position + 1];
			check(first, second);
			int lengthBytes = lengthBytes(second);
			int payload = position + 2 + lengthBytes;
			if (payload > end) {
				return position;
			}
			int length = checkLength((lengthBytes == 0) ? second : length(bytes, position + 2, lengthBytes));
			if (length > end - payload) {
				begin(first, length, bytes, payload, end - payload);
				return end;
			}
			accept(first, bytes, payload, length);
			if (this.ended) {
				return end;
			}
			position = payload + length;
		}
		return position;
	}

	private void begin(int first, int length, byte[] bytes, int offset, int count) throws ProtocolViolationException {
		MessageBuffer payload = new MessageBuffer(Math.min(length, MAX_PREALLOCATED));
		payload.append(bytes, offset, count, length);
		this.payload = payload;
		this.first = first;
		this.length = length;
	}

	private void accept(int first, byte[] bytes, int offset, int length) {
		int opcode = first & FrameHeader.OPCODE;
		if (opcode < FrameHeader.CLOSE) {
			this.fragmented = (first & FrameHeader.FINAL) == 0;
		}
		else if (opcode == FrameHeader.CLOSE) {
			end();
		}
		this.handler.onFrame(first, bytes, offset, length);
	}

	private void end() {
		this.ended = true;
		this.payload = null;
	}

	private void check(int first, int second) throws ProtocolViolationException {
		int opcode = first & FrameHeader.OPCODE;
		boolean starts = opcode == FrameHeader.TEXT || opcode == FrameHeader.BINARY;
		int allowed = (this.compression && starts) ? FrameHeader.COMPRESSED : 0;
		if ((first & FrameHeader.RESERVED & ~allowed) != 0) {
			throw violation("a reserved bit is set");
		}
		if ((second & FrameHeader.MASKED) != 0) {
			throw violation("a frame is masked");
		}
		if (opcode >= FrameHeader.CLOSE) {
			checkControl(opcode, first, second);
		}
		else if (!starts && opcode != FrameHeader.CONTINUATION) {
			throw violation("unknown opcode");
		}
		else if (starts == this.fragmented) {
			throw violation((starts) ? "a message begins within another one" : "a fragment continues no message");
		}
	}

	private static void checkControl(int opcode, int first, int length) throws ProtocolViolationException {
		if (opcode > FrameHeader.PONG) {
			throw violation("unknown opcode");
		}
		if ((first & FrameHeader.FINAL) == 0) {
			throw violation("a control frame is fragmented");
		}
		if (length > FrameHeader.MAX_SHORT_LENGTH) {
			throw violation("a control frame is too long");
		}
		if (opcode == FrameHeader.CLOSE && length == 1) {
			throw violation("a close code has one byte");
		}
	}

	private static int lengthBytes(int second) {
		if (second <= FrameHeader.MAX_SHORT_LENGTH) {
			return 0;
		}
		return (second == LENGTH_16) ? Short.BYTES : Long.BYTES;
	}

	private static long length(byte[] bytes, int offset, int count) throws ProtocolViolationException {
		long length = 0;
		for (int i = offset; i < offset + count; i++) {
			length = length << Byte.SIZE | bytes[i] & 0xFF;
		}
		int shorter = (count == Short.BYTES) ? FrameHeader.MAX_SHORT_LENGTH : 0xFFFF;
		if (length <= shorter) {
			throw violation("a length is negative or not minimal");
		}
		return length;
	}

	private int checkLength(long length) throws ProtocolViolationException {
		if (length > this.maxPayload) {
			throw ProtocolViolationException.tooLarge();
		}
		return (int) length;
	}

	private static ProtocolViolationException violation(String description) {
		return new ProtocolViolationException(ProtocolViolationException.PROTOCOL_ERROR, description);
	}

	/**
	 * Receives valid frames.
	 */
	interface FrameHandler {

		/**
		 * A whole frame arrived.
		 * @param first first byte of its header
		 * @param bytes array of the payload; may be kept only if the payload fills it
		 * @param offset offset of the payload
		 * @param length length of the payload
		 */
		void onFrame(int first, byte[] bytes, int offset, int length);

	}

}
