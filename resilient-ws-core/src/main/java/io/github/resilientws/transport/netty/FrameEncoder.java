package io.github.resilientws.transport.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.springframework.util.Assert;

import io.github.resilientws.transport.OutboundPayload;

/**
 * Encodes and masks frames, all frames of a write into one buffer. Confined to one event
 * loop.
 */
final class FrameEncoder {

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xA;

	private static final int MAX_CONTROL_PAYLOAD = 125;

	private static final int TEXT = 0x1;

	private static final int BINARY = 0x2;

	private static final int FINAL = 0x80;

	private static final int MASKED = 0x80;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	// of which each is masked in one go
	private static final int PART = 4096;

	private final MaskKeys keys;

	private final byte[] masked = new byte[PART];

	FrameEncoder(MaskKeys keys) {
		this.keys = keys;
	}

	/**
	 * Encode data frames.
	 * @param frames the frames
	 * @param ends receives for each frame the offset of the byte after it
	 * @param allocator makes the buffer
	 * @return the buffer
	 */
	ByteBuf encode(List<? extends OutboundPayload> frames, int[] ends, ByteBufAllocator allocator) {
		int size = 0;
		int index = 0;
		for (OutboundPayload frame : frames) {
			size = Math.addExact(size, size(frame.payload().length));
			ends[index++] = size;
		}
		ByteBuf buffer = allocator.directBuffer(size, size);
		ByteBuffer target = buffer.internalNioBuffer(0, size);
		for (OutboundPayload frame : frames) {
			put(target, (frame.isText()) ? TEXT : BINARY, frame.payload());
		}
		return buffer.writerIndex(size);
	}

	ByteBuf encodeControl(int opcode, byte[] payload, ByteBufAllocator allocator) {
		Assert.isTrue(payload.length <= MAX_CONTROL_PAYLOAD, "a control frame holds at most 125 bytes");
		int size = size(payload.length);
		ByteBuf buffer = allocator.directBuffer(size, size);
		put(buffer.internalNioBuffer(0, size), opcode, payload);
		return buffer.writerIndex(size);
	}

	private static int size(int length) {
		int header = (length < 126) ? 6 : (length <= 0xFFFF) ? 8 : 14;
		return Math.addExact(header, length);
	}

	private void put(ByteBuffer target, int opcode, byte[] payload) {
		int length = payload.length;
		target.put((byte) (FINAL | opcode));
		if (length < 126) {
			target.put((byte) (MASKED | length));
		}
		else if (length <= 0xFFFF) {
			target.put((byte) (MASKED | 126)).putShort((short) length);
		}
		else {
			target.put((byte) (MASKED | 127)).putLong(length);
		}
		int key = this.keys.next();
		target.putInt(key);
		int part;
		for (int start = 0; start < length; start += part) {
			part = Math.min(PART, length - start);
			mask(payload, start, part, key);
			target.put(this.masked, 0, part);
		}
	}

	private void mask(byte[] payload, int start, int length, int key) {
		long bigEndian = ((long) key << Integer.SIZE) | (key & 0xFFFFFFFFL);
		long wideKey = (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) ? bigEndian : Long.reverseBytes(bigEndian);
		int index = 0;
		for (int end = length & ~7; index < end; index += Long.BYTES) {
			LONGS.set(this.masked, index, (long) LONGS.get(payload, start + index) ^ wideKey);
		}
		for (; index < length; index++) {
			this.masked[index] = (byte) (payload[start + index] ^ (key >>> (24 - ((index & 3) << 3))));
		}
	}

}
