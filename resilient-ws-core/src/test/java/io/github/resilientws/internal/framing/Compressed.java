package io.github.resilientws.internal.framing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses as servers do.
 */
public final class Compressed {

	private final Deflater deflater = new Deflater();

	public static byte[] gzip(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
			stream.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	public static byte[] zlib(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes)) {
			stream.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Return the next piece of one zlib stream.
	 * @param text the text
	 * @return its bytes, with a flush at their end
	 */
	public byte[] next(String text) {
		this.deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		byte[] buffer = new byte[1000];
		int length;
		do {
			length = this.deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
			bytes.write(buffer, 0, length);
		}
		while (length == buffer.length);
		return bytes.toByteArray();
	}

}
