package io.github.resilientws.internal.framing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.github.resilientws.internal.codec.FramingException;

/**
 * Inflates compressed bytes up to a limit. Holds native memory until it is closed.
 */
final class BoundedInflater implements AutoCloseable {

	private static final int CHUNK = 8 * 1024;

	private final Inflater inflater;

	private final int limit;

	private final byte[] chunk = new byte[CHUNK];

	private ByteArrayOutputStream output = new ByteArrayOutputStream();

	/**
	 * Create an inflater.
	 * @param raw whether the stream has neither header nor checksum of zlib
	 * @param limit largest number of inflated bytes until they are taken
	 */
	BoundedInflater(boolean raw, int limit) {
		this.inflater = new Inflater(raw);
		this.limit = limit;
	}

	/**
	 * Inflate bytes, up to their end or the end of the stream.
	 * @param bytes compressed bytes; their position is set behind those that were used
	 * @throws FramingException if they are not compressed, or too many when inflated
	 */
	void inflate(ByteBuffer bytes) {
		this.inflater.setInput(bytes);
		try {
			while (!this.inflater.finished()) {
				int count = this.inflater.inflate(this.chunk);
				if (count == 0) {
					// more input is needed, or a dictionary, which no server has
					return;
				}
				if (count > this.limit - this.output.size()) {
					throw FramingException.tooBig();
				}
				this.output.write(this.chunk, 0, count);
			}
		}
		catch (DataFormatException ex) {
			throw FramingException.invalid("not compressed with deflate");
		}
	}

	boolean isFinished() {
		return this.inflater.finished();
	}

	/**
	 * Return the inflated bytes, and start again with an empty buffer.
	 * @return the bytes
	 */
	ByteBuffer take() {
		ByteBuffer taken = ByteBuffer.wrap(this.output.toByteArray());
		this.output = new ByteArrayOutputStream();
		return taken;
	}

	@Override
	public void close() {
		this.inflater.end();
	}

}
