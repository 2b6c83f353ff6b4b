package io.github.resilientws.benchmarks.process;

import java.util.HashMap;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Frames that the server has prepared, some of each size in one buffer. Confined to its
 * event loop.
 */
final class PushedFrames {

	private static final int BATCH_BYTES = 65_536;

	private final Map<Integer, ByteBuf> batches = new HashMap<>();

	/**
	 * Return the number of frames in a buffer.
	 * @param size bytes of a message
	 * @return the number
	 */
	static int batchSize(int size) {
		return Math.max(1, BATCH_BYTES / size);
	}

	/**
	 * Return frames to write.
	 * @param size bytes of a message
	 * @param number number of frames, at most {@link #batchSize}
	 * @return a buffer with these frames, to be released by a write
	 */
	ByteBuf take(int size, int number) {
		ByteBuf batch = this.batches.computeIfAbsent(size, PushedFrames::create);
		return batch.retainedSlice(0, batch.readableBytes() / batchSize(size) * number);
	}

	private static ByteBuf create(int size) {
		ByteBuf result = Unpooled.directBuffer();
		for (int i = 0; i < batchSize(size); i++) {
			writeHeader(result, size);
			for (int j = 0; j < size; j++) {
				result.writeByte('x');
			}
		}
		return result;
	}

	static void writeHeader(ByteBuf target, int size) {
		target.writeByte(0x80 | ServerConnection.TEXT);
		if (size < 126) {
			target.writeByte(size);
		}
		else {
			target.writeByte(126).writeShort(size);
		}
	}

}
