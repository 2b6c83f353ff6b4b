package io.github.resilientws.transport;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * The payload of a message of {@code permessage-deflate} that takes a thousandth of the
 * memory of what it becomes.
 */
public final class DeflateBomb {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private DeflateBomb() {
	}

	/**
	 * Create a bomb of zeros.
	 * @param size size of the message
	 * @return the payload of its frame
	 */
	public static byte[] of(long size) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		byte[] zeros = new byte[64 * 1024];
		byte[] buffer = new byte[64 * 1024];
		for (long done = 0; done < size; done += zeros.length) {
			deflater.setInput(zeros);
			int length;
			do {
				length = deflater.deflate(buffer, 0, buffer.length,
						(done + zeros.length < size) ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
				result.write(buffer, 0, length);
			}
			while (length == buffer.length);
		}
		deflater.end();
		return Arrays.copyOf(result.toByteArray(), result.size() - TAIL.length);
	}

}
