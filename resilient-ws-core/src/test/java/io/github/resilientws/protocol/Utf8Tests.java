package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Tests {

	private static final int LENGTH = 27;

	@ParameterizedTest
	@ValueSource(
			strings = { "\"", "\\", "\u0000", "\u001f", "\u007f\u0080", "é", "\u2028", "\u0141", "\ud83d\ude00", "?" })
	void whatNeedsACloserLookIsSeenAtEachPlace(String special) {
		for (int length = 0; length < LENGTH; length++) {
			for (int i = 0; i <= length; i++) {
				String text = "~".repeat(i) + special + " ".repeat(length - i);
				byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
				assertThat(Utf8.isPlain(bytes, 0, bytes.length)).as(text).isFalse();
				assertThat(new Utf8Builder(0).appendPlain(text)).as(text).isFalse();
				assertThat(Utf8.encode(text)).isEqualTo(bytes);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud800", "\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00" })
	void unpairedSurrogateIsSeenAtEachPlace(String unpaired) {
		for (int length = 0; length < LENGTH; length++) {
			for (int i = 0; i <= length; i++) {
				assertThat(Utf8.encode("?".repeat(i) + unpaired + "é".repeat(length - i))).isNull();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "!", "#", "[", "]", "~", ">", "@", "{\u007f" })
	void printableAsciiIsPlain(String text) {
		for (int length = 0; length < LENGTH; length++) {
			Utf8Builder builder = new Utf8Builder(0);
			builder.append('"');
			assertThat(builder.appendPlain(text.repeat(length))).isTrue();
			assertThat(builder.toUtf8()).asString(StandardCharsets.UTF_8).isEqualTo('"' + text.repeat(length));
		}
	}

}
