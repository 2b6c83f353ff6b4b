package io.github.resilientws.transport.spring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link MessageParts}.
 */
class MessagePartsTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "", "plain", "grüß", "水漢字", "\uD83D\uDE00 and \uD83C\uDF89", "\u007F\u0080\u07FF\u0800\uFFFF" })
	void countsTheBytesOfUtf8(String text) {
		int length = text.getBytes(StandardCharsets.UTF_8).length;
		MessageParts parts = new MessageParts(length);
		assertThat(parts.add(text)).isTrue();
		assertThat(parts.size()).isEqualTo(length);
		assertThat(parts.takeText()).isEqualTo(text);
		assertThat(new MessageParts(length - 1).add(text)).isFalse();
	}

	@Test
	void limitHoldsForTheSumOfTheParts() {
		MessageParts parts = new MessageParts(5);
		assertThat(parts.add(ByteBuffer.wrap(new byte[3]))).isTrue();
		assertThat(parts.add(ByteBuffer.wrap(new byte[2]))).isTrue();
		assertThat(parts.add(ByteBuffer.wrap(new byte[1]))).isFalse();
	}

	@Test
	void eachMessageBeginsAgain() {
		MessageParts parts = new MessageParts(5);
		parts.add("first");
		parts.takeText();
		assertThat(parts.add(ByteBuffer.wrap(new byte[] { 1, 2 }))).isTrue();
		assertThat(parts.takeBytes()).isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2 }));
		assertThat(parts.size()).isZero();
	}

}
