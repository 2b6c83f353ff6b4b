package io.github.resilientws.internal.codec;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.protocol.WebSocketFrameCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No text causes another exception than {@link FramingException}.
 */
class HostileTextTests {

	private static final List<String> STOMP = List.of("MESSAGE\r\nsubscription:1\na\\c:b\\n\n\n{\"a\":[1,\"€\"]}\0\n",
			"MESSAGE\ncontent-length:6\n\n\0\0\0€\0\nERROR\nmessage:m\n\ntext\0",
			"{\"command\":\"SEND\",\"headers\":{\"a\":\"b\",\"c\":null},\"body\":{\"d\":[1,\"\\u20ac\"]}}");

	private static final List<String> SOCKET_IO = List.of("0{\"sid\":\"a\"}", "42/admin,12[\"a\",{\"b\":[1,null]}]",
			"44{\"message\":\"€\"}", "{\"type\":\"event\",\"nsp\":\"/a\",\"id\":1,\"data\":[\"a\",{\"b\":1}]}");

	private final Random random = new Random(7);

	@ParameterizedTest
	@MethodSource("codecs")
	@Timeout(60)
	void textCausesNoOtherException(WebSocketFrameCodec codec, List<String> samples) {
		for (String sample : samples) {
			for (int i = 0; i <= sample.length(); i++) {
				feed(codec, sample.substring(0, i));
				feed(codec, sample.substring(i));
			}
			for (int i = 0; i < 2_000; i++) {
				feed(codec, damaged(sample));
			}
		}
		for (int i = 0; i < 2_000; i++) {
			feed(codec, noise());
		}
	}

	static Stream<Object[]> codecs() {
		return Stream.of(new Object[] { new StompCodec(), STOMP }, new Object[] { new SocketIoCodec(), SOCKET_IO });
	}

	// what is decoded is JSON or a heartbeat
	private static void feed(WebSocketFrameCodec codec, String text) {
		try {
			assertThat(codec.decode(text)).allMatch((message) -> message.isBlank() || JsonReader.isValue(message));
		}
		catch (FramingException ex) {
			assertThat(ex.code()).isEqualTo(1007);
		}
		try {
			assertThat(codec.encode(text)).isNotNull();
		}
		catch (FramingException ex) {
			assertThat(ex.code()).isEqualTo(1007);
		}
	}

	private String damaged(String sample) {
		StringBuilder text = new StringBuilder(sample);
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			text.setCharAt(this.random.nextInt(text.length()), character());
		}
		return text.toString();
	}

	private String noise() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(30); i > 0; i--) {
			text.append(character());
		}
		return text.toString();
	}

	private char character() {
		String likely = "\0\n\r\\:/,{}[]\"0123456789MESSAGEc \uD83D\uDE00";
		return (this.random.nextInt(4) == 0) ? (char) this.random.nextInt(0x10000)
				: likely.charAt(this.random.nextInt(likely.length()));
	}

}
