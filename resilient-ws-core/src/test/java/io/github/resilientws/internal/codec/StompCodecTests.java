package io.github.resilientws.internal.codec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StompCodecTests {

	private final StompCodec codec = new StompCodec();

	@Test
	void frameBecomesJson() {
		assertThat(this.codec.decode("MESSAGE\nsubscription:1\ndestination:/topic/a\n\n{\"price\": 1.50}\0"))
			.containsExactly(
					"{\"command\":\"MESSAGE\",\"headers\":{\"subscription\":\"1\",\"destination\":\"/topic/a\"},"
							+ "\"body\":{\"price\": 1.50}}");
	}

	@Test
	void emptyBodyIsNull() {
		assertThat(this.codec.decode("RECEIPT\nreceipt-id:7\n\n\0"))
			.containsExactly("{\"command\":\"RECEIPT\",\"headers\":{\"receipt-id\":\"7\"},\"body\":null}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "not json", "{\"cut\":", "1 2", " ", "{}{}", "NaN", "007", "a \"quoted\"\\ \u0001 text" })
	void bodyThatIsNotJsonBecomesAString(String body) {
		String json = this.codec.decode("MESSAGE\ncontent-type:application/json\n\n" + body + "\0").get(0);
		assertThat(JsonReader.isValue(json)).isTrue();
		assertThat(JsonReader.members(json).get("body").isString()).isTrue();
		assertThat(JsonReader.members(json).get("body").text()).isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "true", "null", "\"text\"", "[1, 2]", " {} ", "1e400" })
	void bodyThatIsJsonStaysAsItIs(String body) {
		assertThat(this.codec.decode("MESSAGE\n\n" + body + "\0").get(0)).endsWith("\"body\":" + body + "}");
	}

	@Test
	void bodyThatIsTooDeepForRulesBecomesAString() {
		String body = "[".repeat(600) + "]".repeat(600);
		assertThat(this.codec.decode("MESSAGE\n\n" + body + "\0").get(0)).endsWith("\"body\":\"" + body + "\"}");
	}

	@Test
	void newlinesAroundFramesAreIgnored() {
		assertThat(this.codec.decode("\n\r\nRECEIPT\r\nreceipt-id:1\r\n\r\n\0\r\n\nRECEIPT\nreceipt-id:2\n\n\0\n"))
			.extracting((json) -> JsonReader.members(json).get("headers").json())
			.containsExactly("{\"receipt-id\":\"1\"}", "{\"receipt-id\":\"2\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\n\n" })
	void newlinesAloneAreAHeartbeat(String beat) {
		assertThat(this.codec.decode(beat)).containsExactly(beat);
		assertThat(this.codec.encode(beat)).isEqualTo(beat);
	}

	@Test
	void firstOfRepeatedHeadersCounts() {
		assertThat(this.codec.decode("MESSAGE\nfoo:World\nfoo:Hello\n\n\0").get(0)).contains("{\"foo\":\"World\"}");
	}

	@Test
	void headersAreUnescapedUnlessTheFrameIsConnected() {
		assertThat(this.codec.decode("MESSAGE\na\\cb:c\\nd\\\\e\\r:f\n\n\0").get(0))
			.contains("{\"a:b\":\"c\\nd\\\\e\\r:f\"}");
		assertThat(this.codec.decode("CONNECTED\nserver:a\\cb:c\n\n\0").get(0)).contains("{\"server\":\"a\\\\cb:c\"}");
	}

	@Test
	void contentLengthCountsBytesOfUtf8() {
		String frame = "MESSAGE\ncontent-length:11\n\na\0b€\0\uD83D\uDE00\0";
		assertThat(this.codec.decode(frame).get(0)).endsWith("\"body\":\"a\\u0000b€\\u0000\uD83D\uDE00\"}");
		assertThat(this.codec.decode("MESSAGE\ncontent-length:0\n\n\0").get(0)).endsWith("\"body\":null}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "{\"a\":1}", "message\n\n\0", "MESSAGE", "MESSAGE\n", "MESSAGE\n\n",
			"MESSAGE\na\n\n\0", "MESSAGE\n:a\n\n\0", "MESSAGE\na:\\x\n\n\0", "MESSAGE\na:\\\n\n\0",
			"MESSAGE\ncontent-length:2\n\nabc\0", "MESSAGE\ncontent-length:4\n\nabc\0",
			"MESSAGE\ncontent-length:-1\n\n\0", "MESSAGE\ncontent-length:x\n\n\0",
			"MESSAGE\ncontent-length:9999999999\n\n\0", "MESSAGE\ncontent-length:1\n\n€\0",
			"MESSAGE\ncontent-length:\n\n\0", "MESSAGE\n\n\0rest", "\0", "\r", "MESSAGE\n\n\0\n\r" })
	void refusesWhatIsNotStomp(String text) {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> this.codec.decode(text))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(1007));
	}

	@Test
	void jsonBecomesAFrame() {
		assertThat(this.codec.encode("{\"command\":\"SEND\",\"headers\":{\"destination\":\"/q\",\"content-type\":"
				+ "\"application/json\",\"n\":1},\"body\": {\"a\": [1]} }"))
			.isEqualTo("SEND\ndestination:/q\ncontent-type:application/json\nn:1\n\n{\"a\": [1]}\0");
	}

	@Test
	void orderOfMembersDoesNotMatter() {
		assertThat(this.codec.encode(
				"{\"body\":\"x\",\"headers\":{\"content-type\":\"application/vnd.a+json; charset=utf-8\"},\"command\":\"SEND\"}"))
			.isEqualTo("SEND\ncontent-type:application/vnd.a+json; charset=utf-8\n\n\"x\"\0");
	}

	@Test
	void stringIsTheBodyItselfUnlessTheTypeIsJson() {
		assertThat(this.codec.encode("{\"command\":\"SEND\",\"headers\":{},\"body\":\"a\\n\\u20ac\"}"))
			.isEqualTo("SEND\n\na\n€\0");
		assertThat(this.codec.encode("{\"command\":\"SEND\",\"body\":5}")).isEqualTo("SEND\n\n5\0");
		assertThat(this.codec.encode("{\"command\":\"SEND\",\"body\":null}")).isEqualTo("SEND\n\n\0");
		assertThat(this.codec
			.encode("{\"command\":\"SEND\",\"headers\":{\"content-type\":\"application/json\"},\"body\":null}"))
			.isEqualTo("SEND\ncontent-type:application/json\n\nnull\0");
	}

	@Test
	void headersWithoutAValueAreLeftOut() {
		assertThat(this.codec
			.encode("{\"command\":\"CONNECT\",\"headers\":{\"host\":\"/\",\"login\":\"\",\"passcode\":null}}"))
			.isEqualTo("CONNECT\nhost:/\n\n\0");
	}

	@Test
	void headersAreEscapedUnlessTheFrameIsConnect() {
		assertThat(this.codec.encode("{\"command\":\"SEND\",\"headers\":{\"a:b\":\"c\\nd\\\\e\\r:f\"}}"))
			.isEqualTo("SEND\na\\cb:c\\nd\\\\e\\r\\cf\n\n\0");
		assertThat(this.codec.encode("{\"command\":\"CONNECT\",\"headers\":{\"passcode\":\"a:b\\\\c\"}}"))
			.isEqualTo("CONNECT\npasscode:a:b\\c\n\n\0");
	}

	@Test
	void bodyWithNulHasALength() {
		String frame = this.codec.encode("{\"command\":\"SEND\",\"body\":\"a\\u0000€\"}");
		assertThat(frame).isEqualTo("SEND\ncontent-length:5\n\na\0€\0");
		assertThat(this.codec.decode(frame.replace("SEND", "MESSAGE")).get(0)).endsWith("\"body\":\"a\\u0000€\"}");
		assertThat(this.codec.encode("{\"command\":\"SEND\",\"headers\":{\"content-length\":\"99\"},\"body\":\"abc\"}"))
			.isEqualTo("SEND\ncontent-length:3\n\nabc\0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "hello", "[]", "{}", "{\"command\":1}", "{\"command\":\"send\"}",
			"{\"command\":\"SEND\\n\"}", "{\"command\":\"SEND\"} x", "{\"command\":\"SEND\"",
			"{\"command\":\"SEND\",\"header\":{}}", "{\"command\":\"SEND\",\"headers\":[]}",
			"{\"command\":\"SEND\",\"headers\":{\"a\":{}}}", "{\"command\":\"SEND\",\"headers\":{\"a\":\"\\u0000\"}}",
			"{\"command\":\"SEND\",\"headers\":{\"\":\"a\"}}",
			"{\"command\":\"CONNECT\",\"headers\":{\"login\":\"a\\nb:c\"}}",
			"{\"command\":\"CONNECT\",\"headers\":{\"login\":\"a\\rb:c\"}}",
			"{\"command\":\"CONNECT\",\"headers\":{\"a:b\":\"c\"}}" })
	void refusesToSendWhatIsNoFrame(String text) {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> this.codec.encode(text));
	}

}
