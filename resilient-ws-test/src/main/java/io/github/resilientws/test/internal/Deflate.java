package io.github.resilientws.test.internal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses and inflates payloads of {@code permessage-deflate} (RFC 7692), each message
 * without context.
 */
public final class Deflate {

	/** Ends each message, and does not go over the wire. */
	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private Deflate() {
	}

	/**
	 * Compress a message.
	 * @param message its bytes
	 * @return the payload of its frame
	 */
	public static byte[] deflate(byte[] message) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		try {
			deflater.setInput(message);
			byte[] result = new byte[message.length + message.length / 100 + 64];
			int length = deflater.deflate(result, 0, result.length, Deflater.SYNC_FLUSH);
			return Arrays.copyOf(result, length - TAIL.length);
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Decompress a message.
	 * @param payload the payload of its frame
	 * @return its bytes
	 * @throws DataFormatException if it is not valid
	 */
	public static byte[] inflate(byte[] payload) throws DataFormatException {
		Inflater inflater = new Inflater(true);
		try {
			ByteArrayOutputStream result = new ByteArrayOutputStream();
			byte[] buffer = new byte[8192];
			for (byte[] input : new byte[][] { payload, TAIL }) {
				inflater.setInput(input);
				for (int length = inflater.inflate(buffer); length > 0; length = inflater.inflate(buffer)) {
					result.write(buffer, 0, length);
				}
			}
			return result.toByteArray();
		}
		finally {
			inflater.end();
		}
	}

}
