package io.github.resilientws.transport.netty;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TextDecoder}.
 */
class TextDecoderTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "empty,''", "ascii,68656c6c6f", "two bytes,c3bc", "three bytes,e282ac", "four bytes,f09f9880",
			"first of two,c280", "last code point,f48fbfbf", "replacement character sent by the peer,efbfbd",
			"noncharacter,efbfbf", "nul,00" })
	void decodesValidText(String name, String hex) throws Exception {
		byte[] bytes = HexFormat.of().parseHex(hex);
		String text = TextDecoder.decode(bytes, 0, bytes.length);
		assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "lone continuation,61806162", "cut sequence,61e282", "wrong continuation,c328", "overlong slash,c0af",
			"overlong nul,c080", "overlong three bytes,e080af", "surrogate,eda080", "surrogate pair,eda0bdedb080",
			"above the last code point,f4908080", "five bytes,f888808080", "no lead byte,ff",
			"malformed behind a sent replacement character,efbfbdff" })
	void refusesMalformedText(String name, String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex);
		assertThatExceptionOfType(CharacterCodingException.class)
			.isThrownBy(() -> TextDecoder.decode(bytes, 0, bytes.length));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100, 100_000 })
	void findsMalformedBytesAnywhere(int length) {
		byte[] bytes = "a".repeat(length).getBytes(StandardCharsets.UTF_8);
		bytes[length - 1] = (byte) 0xFE;
		assertThatExceptionOfType(CharacterCodingException.class)
			.isThrownBy(() -> TextDecoder.decode(bytes, 0, bytes.length));
	}

}
