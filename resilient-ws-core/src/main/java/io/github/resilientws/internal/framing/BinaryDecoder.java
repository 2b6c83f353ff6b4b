package io.github.resilientws.internal.framing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.codec.FramingException;
import io.github.resilientws.settings.FramingSettings.Binary;

/**
 * Decodes the binary frames of one connection to texts. Confined to the client's
 * executor.
 */
@FunctionalInterface
interface BinaryDecoder {

	/**
	 * Decode a binary frame.
	 * @param frame the frame
	 * @return the text, or {@code null} if it continues in the next frame
	 * @throws FramingException if it cannot be decoded
	 */
	@Nullable String decode(ByteBuffer frame);

	/** Release native memory. Nothing is decoded afterwards. */
	default void end() {
	}

	/**
	 * Create a decoder.
	 * @param binary content of the frames
	 * @param limit largest number of bytes of an inflated text
	 * @return the decoder, or {@code null} for bytes
	 */
	static @Nullable BinaryDecoder of(Binary binary, int limit) {
		return switch (binary) {
			case BYTES -> null;
			case TEXT -> BinaryDecoder::text;
			case GZIP -> (frame) -> GzipDecoder.decode(frame, limit);
			case ZLIB -> (frame) -> zlib(frame, limit);
			case ZLIB_STREAM -> new ZlibStreamDecoder(limit);
		};
	}

	static String text(ByteBuffer bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			throw FramingException.invalid("not UTF-8");
		}
	}

	private static String zlib(ByteBuffer frame, int limit) {
		try (BoundedInflater inflater = new BoundedInflater(false, limit)) {
			inflater.inflate(frame);
			if (!inflater.isFinished() || frame.hasRemaining()) {
				throw FramingException.invalid("not one zlib stream");
			}
			return text(inflater.take());
		}
	}

}
