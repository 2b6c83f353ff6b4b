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

	/** {@link #measure} found a payload that does not fit into one frame. */
	static final int NEEDS_FRAGMENTS = -1;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	// size of a part that is masked in one step
	private static final int PART = 4096;

	private final MaskKeys keys;

	private final byte[] masked = new byte[PART];

	FrameEncoder(MaskKeys keys) {
		this.keys = keys;
	}

	/**
	 * Measure messages that are sent in one frame each.
	 * @param messages the messages
	 * @param maxPayload largest payload of a frame
	 * @param ends receives for each message the offset of the byte after its frame
	 * @return bytes of all frames, or {@link #NEEDS_FRAGMENTS}
	 */
	static int measure(List<? extends OutboundPayload> messages, int maxPayload, int[] ends) {
		int size = 0;
		int index = 0;
		for (OutboundPayload message : messages) {
			int length = message.payload().length;
			if (length > maxPayload) {
				return NEEDS_FRAGMENTS;
			}
			size = Math.addExact(size, size(length));
			ends[index++] = size;
		}
		return size;
	}

	/**
	 * Encode messages, each as one frame.
	 * @param messages the messages
	 * @param size as {@link #measure measured}
	 * @param allocator allocates the buffer
	 * @return the buffer
	 */
	ByteBuf encode(List<? extends OutboundPayload> messages, int size, ByteBufAllocator allocator) {
		ByteBuf buffer = allocator.directBuffer(size, size);
		ByteBuffer target = buffer.internalNioBuffer(0, size);
		for (OutboundPayload message : messages) {
			put(target, FrameHeader.FINAL | firstOpcode(message), message.payload(), 0, message.payload().length);
		}
		return buffer.writerIndex(size);
	}

	/**
	 * Encode fragments of one message.
	 * @param message the message
	 * @param start offset of the first byte of its payload to encode
	 * @param end offset after the last one
	 * @param maxPayload largest payload of a frame
	 * @param allocator allocates the buffer
	 * @return the buffer
	 */
	ByteBuf encodeFragments(OutboundPayload message, int start, int end, int maxPayload, ByteBufAllocator allocator) {
		int frames = (end - start - 1) / maxPayload + 1;
		int size = (frames - 1) * size(maxPayload) + size(end - start - (frames - 1) * maxPayload);
		ByteBuf buffer = allocator.directBuffer(size, size);
		ByteBuffer target = buffer.internalNioBuffer(0, size);
		int length;
		for (int offset = start; offset < end; offset += length) {
			length = Math.min(maxPayload, end - offset);
			int opcode = (offset == 0) ? firstOpcode(message) : FrameHeader.CONTINUATION;
			boolean last = offset + length == message.payload().length;
			put(target, (last) ? FrameHeader.FINAL | opcode : opcode, message.payload(), offset, length);
		}
		return buffer.writerIndex(size);
	}

	ByteBuf encodeControl(int opcode, byte[] payload, ByteBufAllocator allocator) {
		Assert.isTrue(payload.length <= FrameHeader.MAX_SHORT_LENGTH, "a control frame holds at most 125 bytes");
		int size = size(payload.length);
		ByteBuf buffer = allocator.directBuffer(size, size);
		put(buffer.internalNioBuffer(0, size), FrameHeader.FINAL | opcode, payload, 0, payload.length);
		return buffer.writerIndex(size);
	}

	private static int firstOpcode(OutboundPayload message) {
		int opcode = (message.isText()) ? FrameHeader.TEXT : FrameHeader.BINARY;
		return (message instanceof CompressedPayload) ? FrameHeader.COMPRESSED | opcode : opcode;
	}

	private static int size(int length) {
		int header = (length < 126) ? 6 : (length <= 0xFFFF) ? 8 : 14;
		return Math.addExact(header, length);
	}

	private void put(ByteBuffer target, int firstByte, byte[] payload, int offset, int length) {
		target.put((byte) firstByte);
		if (length < 126) {
			target.put((byte) (FrameHeader.MASKED | length));
		}
		else if (length <= 0xFFFF) {
			target.put((byte) (FrameHeader.MASKED | 126)).putShort((short) length);
		}
		else {
			target.put((byte) (FrameHeader.MASKED | 127)).putLong(length);
		}
		int key = this.keys.next();
		target.putInt(key);
		int part;
		for (int start = 0; start < length; start += part) {
			part = Math.min(PART, length - start);
			mask(payload, offset + start, part, key);
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
