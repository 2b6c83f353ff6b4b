package io.github.resilientws.internal.framing;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.codec.FramingException;

/**
 * Inflates one zlib stream, whose texts end with a flush: 00 00 FF FF at the end of a
 * frame. Frames are inflated as they arrive, so only inflated bytes of one text are kept.
 */
final class ZlibStreamDecoder implements BinaryDecoder {

	private static final int FLUSHED = 0x0000_FFFF;

	private final int limit;

	private @Nullable BoundedInflater inflater;

	// the last four compressed bytes
	private int tail = -1;

	ZlibStreamDecoder(int limit) {
		this.limit = limit;
	}

	@Override
	public @Nullable String decode(ByteBuffer frame) {
		if (this.inflater == null) {
			this.inflater = new BoundedInflater(false, this.limit);
		}
		for (int i = Math.max(frame.position(), frame.limit() - Integer.BYTES); i < frame.limit(); i++) {
			this.tail = this.tail << Byte.SIZE | frame.get(i) & 0xFF;
		}
		this.inflater.inflate(frame);
		if (this.inflater.isFinished() || frame.hasRemaining()) {
			throw FramingException.invalid("not one endless zlib stream");
		}
		return (this.tail == FLUSHED) ? BinaryDecoder.text(this.inflater.take()) : null;
	}

	@Override
	public void end() {
		if (this.inflater != null) {
			this.inflater.close();
		}
	}

}
