package io.github.resilientws.internal.framing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.github.resilientws.internal.codec.FramingException;
import io.github.resilientws.settings.FramingSettings.Binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BinaryDecoderTests {

	private static final int LIMIT = 1000;

	private static final String TEXT = "{\"price\":\"10 €\"}";

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "BYTES")
	void textComesBack(Binary binary) {
		BinaryDecoder decoder = decoder(binary);
		Compressed stream = new Compressed();
		for (int i = 0; i < 3; i++) {
			assertThat(decode(decoder, encode(binary, TEXT + i, stream))).isEqualTo(TEXT + i);
		}
	}

	@Test
	void bytesAreNotDecoded() {
		assertThat(BinaryDecoder.of(Binary.BYTES, LIMIT)).isNull();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "BYTES", "TEXT" })
	void largestTextHasTheLimit(Binary binary) {
		String text = "x".repeat(LIMIT);
		BinaryDecoder decoder = decoder(binary);
		Compressed stream = new Compressed();
		assertThat(decode(decoder, encode(binary, text, stream))).isEqualTo(text);
		assertCode(1009, decoder, encode(binary, text + "x", stream));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "BYTES", "TEXT", "ZLIB_STREAM" })
	void compressedFrameIsNeitherTruncatedNorFollowedByMore(Binary binary) {
		byte[] frame = encode(binary, TEXT, new Compressed());
		for (int i = 0; i < frame.length; i++) {
			assertCode(1007, decoder(binary), Arrays.copyOf(frame, i));
		}
		assertCode(1007, decoder(binary), Arrays.copyOf(frame, frame.length + 1));
		byte[] twice = Arrays.copyOf(frame, 2 * frame.length);
		System.arraycopy(frame, 0, twice, frame.length, frame.length);
		assertCode(1007, decoder(binary), twice);
	}

	@Test
	void textIsUtf8() {
		assertCode(1007, decoder(Binary.TEXT), new byte[] { 'a', (byte) 0xC3 });
	}

	@Test
	void changedByteIsFoundByTheChecksum() {
		byte[] frame = Compressed.gzip(TEXT);
		frame[frame.length - 5] ^= 1;
		assertCode(1007, decoder(Binary.GZIP), frame);
	}

	@Test
	void gzipMayHaveANameAndOtherFields() {
		byte[] plain = Compressed.gzip(TEXT);
		byte[] fields = { 2, 0, 'x', 'y', 'n', 0, 'c', 0, 9, 9 };
		byte[] frame = new byte[plain.length + fields.length];
		System.arraycopy(plain, 0, frame, 0, 10);
		frame[3] = 2 + 4 + 8 + 16;
		System.arraycopy(fields, 0, frame, 10, fields.length);
		System.arraycopy(plain, 10, frame, 10 + fields.length, plain.length - 10);
		assertThat(decode(decoder(Binary.GZIP), frame)).isEqualTo(TEXT);
	}

	@Test
	void textOfAStreamMayArriveByteByByte() {
		BinaryDecoder decoder = decoder(Binary.ZLIB_STREAM);
		Compressed stream = new Compressed();
		for (int i = 0; i < 3; i++) {
			byte[] bytes = stream.next(TEXT + i);
			for (int j = 0; j < bytes.length - 1; j++) {
				assertThat(decode(decoder, bytes[j])).isNull();
			}
			assertThat(decode(decoder, bytes[bytes.length - 1])).isEqualTo(TEXT + i);
		}
	}

	@Test
	void unfinishedTextOfAStreamHasTheLimit() {
		BinaryDecoder decoder = decoder(Binary.ZLIB_STREAM);
		byte[] bytes = new Compressed().next("x".repeat(LIMIT + 1));
		byte[] unfinished = Arrays.copyOf(bytes, bytes.length - 4);
		assertCode(1009, decoder, unfinished);
	}

	@Test
	void streamDoesNotEnd() {
		assertCode(1007, decoder(Binary.ZLIB_STREAM), Compressed.zlib(TEXT));
	}

	private static BinaryDecoder decoder(Binary binary) {
		return Objects.requireNonNull(BinaryDecoder.of(binary, LIMIT));
	}

	private static @Nullable String decode(BinaryDecoder decoder, byte... frame) {
		return decoder.decode(ByteBuffer.wrap(frame).asReadOnlyBuffer());
	}

	private static void assertCode(int code, BinaryDecoder decoder, byte[] frame) {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> decode(decoder, frame))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	private static byte[] encode(Binary binary, String text, Compressed stream) {
		return switch (binary) {
			case GZIP -> Compressed.gzip(text);
			case ZLIB -> Compressed.zlib(text);
			case ZLIB_STREAM -> stream.next(text);
			default -> text.getBytes(StandardCharsets.UTF_8);
		};
	}

}
