package io.github.resilientws.transport.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.OutboundPayload;

/**
 * Deflates messages, each on its own (RFC 7692, section 7.2.1), so that all connections
 * of an event loop share one deflater. Confined to that event loop.
 */
final class Deflation {

	/** Smaller messages gain next to nothing. */
	static final int THRESHOLD = 256;

	private static final int TAIL = 4;

	// RSV1 in the first byte of a frame
	private static final int COMPRESSED = 0x40;

	private @Nullable Deflater deflater;

	/**
	 * Encode data frames, and compress those that become smaller by it.
	 * @param frames the frames
	 * @param ends receives for each frame the offset of the byte after it
	 * @param encoder encodes them
	 * @param allocator makes the buffer
	 * @return the buffer
	 */
	ByteBuf encode(List<? extends OutboundPayload> frames, int[] ends, FrameEncoder encoder,
			ByteBufAllocator allocator) {
		List<OutboundPayload> smaller = new ArrayList<>(frames.size());
		for (OutboundPayload frame : frames) {
			smaller.add(deflate(frame));
		}
		ByteBuf buffer = encoder.encode(smaller, ends, allocator);
		int start = 0;
		for (int i = 0; i < ends.length; i++) {
			if (smaller.get(i) instanceof Deflated) {
				buffer.setByte(start, buffer.getByte(start) | COMPRESSED);
			}
			start = ends[i];
		}
		return buffer;
	}

	private OutboundPayload deflate(OutboundPayload frame) {
		byte[] payload = frame.payload();
		if (payload.length < THRESHOLD) {
			return frame;
		}
		byte[] target = new byte[payload.length];
		int length = deflate(payload, target);
		// a full target may lack the end; no gain then anyhow
		return (length < target.length) ? new Deflated(frame.isText(), Arrays.copyOf(target, length - TAIL)) : frame;
	}

	private int deflate(byte[] payload, byte[] target) {
		Deflater deflater = this.deflater;
		if (deflater == null) {
			deflater = new Deflater(Deflater.BEST_SPEED, true);
			this.deflater = deflater;
		}
		deflater.setInput(payload);
		int length = deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
		deflater.reset();
		return length;
	}

	/**
	 * Release what is held outside the heap.
	 */
	void release() {
		if (this.deflater != null) {
			this.deflater.end();
			this.deflater = null;
		}
	}

	/**
	 * A frame whose payload is compressed.
	 *
	 * @param isText whether it is text
	 * @param payload compressed payload
	 */
	private record Deflated(boolean isText, byte[] payload) implements OutboundPayload {

	}

}
