package io.github.resilientws.transport;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The payloads of {@code permessage-deflate}, for servers of tests.
 */
public final class Deflate {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private Deflate() {
	}

	public static byte[] deflate(byte[] message) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		deflater.setInput(message);
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		byte[] buffer = new byte[64 * 1024];
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		while (length > 0) {
			result.write(buffer, 0, length);
			length = (length < buffer.length) ? 0 : deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		}
		deflater.end();
		return Arrays.copyOf(result.toByteArray(), result.size() - TAIL.length);
	}

	public static byte[] inflate(byte[] payload) throws DataFormatException {
		Inflater inflater = new Inflater(true);
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		byte[] buffer = new byte[64 * 1024];
		for (byte[] input : new byte[][] { payload, TAIL }) {
			inflater.setInput(input);
			for (int length = inflater.inflate(buffer); length > 0; length = inflater.inflate(buffer)) {
				result.write(buffer, 0, length);
			}
		}
		inflater.end();
		return result.toByteArray();
	}

	/**
	 * Return the payload of a bomb, which takes a thousandth of the memory of what it
	 * becomes.
	 * @param size size of the message
	 * @return its payload
	 */
	public static byte[] bomb(long size) {
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
