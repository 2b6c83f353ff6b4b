package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SimilarMessagesTests {

	private static final String ACK = "{\"type\":\"ack\",\"messageId\":\"a1\",\"ok\":true}";

	private final MessageRules.Builder builder = MessageRules.builder();

	private final Locator id = this.builder.locator("id", "/messageId");

	private final MessageMatcher ack = this.builder.matcher("when", "/type = ack && /ok");

	@Test
	void findsTheSameStringAsTheLocator() {
		assertThat(find(ACK, "{\"type\":\"ack\",\"messageId\":\"other one\",\"ok\":true}")).isEqualTo("other one");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"nack\",\"messageId\":\"b2\",\"ok\":true}",
			"{\"type\":\"ack\",\"messageId\":\"b2\",\"ok\":true,\"more\":1}",
			"{\"type\":\"ack\",\"messageId\":\"b\",\"messageId\":\"2\",\"ok\":true}",
			"{\"type\":\"ack\",\"messageId\":\"b\\u0032\",\"ok\":true}",
			"{\"type\":\"ack\",\"messageId\":\"b\n2\",\"ok\":true}",
			"{\"type\":\"ack\",\"messageId\":\"\",\"ok\":true}", "{\"type\":\"ack\",\"messageId\":\",\"ok\":true}" })
	void isNotSimilarIfMoreThanTheStringDiffers(String other) {
		assertThat(find(ACK, other)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"ack\",\"messageId\":1,\"ok\":true}",
			"{\"type\":\"ack\",\"messageId\":\"ack\",\"ok\":true}",
			"{\"type\":\"ack\",\"messageId\":\"\\u0061\",\"ok\":true,\"x\":\"a\"}",
			"{\"type\":\"ack\",\"messageId\":\"\",\"ok\":true}", "{\"type\":\"ack\",\"messageId\":{},\"ok\":true}" })
	void remembersNothingWhereTheStringIsNotCertain(String first) {
		assertThat(find(first, first)).isNull();
	}

	@Test
	void noFrameIsSimilarIfARuleAsksForTheString() {
		assertThat(find(this.builder.matcher("when", "/type = ack && /messageId = a1"))).isNull();
		assertThat(find(this.builder.matcher("when", "/ok || /messageId = a1"))).isNull();
		assertThat(find(this.builder.matcher("when", "~a1"))).isNull();
		assertThat(find(this.builder.matcher("when", ACK))).isNull();
		assertThat(find(this.builder.matcher("when", "/messageId"))).isEqualTo("a1");
	}

	@Test
	void noFrameIsSimilarIfARegularExpressionMayFindSomethingInTheString() {
		Locator other = this.builder.locator("other", "~\"err-(.*)\"");
		SimilarMessages frames = new SimilarMessages(this.id, List.of(this.id, other), List.of(this.ack));
		ParsedMessage frame = this.builder.build().read(ACK);
		frames.remember(frame, "a1");
		assertThat(frames.find(frame)).isNull();
	}

	@Test
	void expectsAUuid() {
		UUID id = UUID.fromString("01935a2f-77b0-7abc-8def-0123456789ab");
		String expected = ACK.replace("a1", id.toString());
		SimilarMessages frames = new SimilarMessages(this.id, List.of(this.id), List.of(this.ack));
		MessageRules rules = this.builder.build();
		assertThat(frames.isExpected(rules.read(expected), id)).isFalse();
		frames.remember(rules.read(ACK), "a1");
		assertThat(frames.isExpected(rules.read(expected), id)).isTrue();
		assertThat(frames.isExpected(rules.read(expected.replace("\"ack", "\"ock")), id)).isFalse();
		assertThat(frames.isExpected(rules.read(expected.replace("true", "True")), id)).isFalse();
		assertThat(frames.isExpected(rules.read(expected + ' '), id)).isFalse();
		assertThat(frames.isExpected(rules.read(expected.substring(1)), id)).isFalse();
		String text = id.toString();
		for (int i = 0; i < text.length(); i++) {
			String other = text.substring(0, i) + 'x' + text.substring(i + 1);
			assertThat(frames.isExpected(rules.read(expected.replace(text, other)), id)).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"type":"ack","messageId":"01935a2f-77b0-7abc-8def-0123456789ab","ok":true}   | true
			{"type":"ack","messageId":"01935a2f-77b0-7abc-8def-0123456789ac","ok":true}   | false
			{"type":"ack","messageId":"01935a2f-77b0-7abc-8def-0123456789a","ok":true}    | false
			{"type":"ack","messageId":"01935a2f-77b0-7abc-8def-0123456789abb","ok":true}  | false
			{"type":"nack","messageId":"01935a2f-77b0-7abc-8def-0123456789ab","ok":true}  | false
			{"type":"ack","messageId":"01935a2f-77b0-7abc-8def-0123456789ab","ok":true}}  | false
			{"type":"ack","messageId":"01935a2f-77b0-7abc-8def-0123456789ab","ok":null}   | false
			{"type":"ack"                                                                 | false
			""")
	void expectedUuidIsFoundInBytes(String text, boolean found) {
		UUID expected = UUID.fromString("01935a2f-77b0-7abc-8def-0123456789ab");
		SimilarMessages messages = new SimilarMessages(this.id, List.of(this.id), List.of(this.ack));
		byte[] utf8 = ("##" + text + "#").getBytes(StandardCharsets.UTF_8);
		assertThat(messages.isExpected(utf8, 2, text.length(), expected)).isFalse();
		messages.remember(this.builder.build().read(ACK), "a1");
		assertThat(messages.isExpected(utf8, 2, text.length(), expected)).isEqualTo(found);
	}

	private String find(String first, String second) {
		SimilarMessages frames = new SimilarMessages(this.id, List.of(this.id), List.of(this.ack));
		MessageRules rules = this.builder.build();
		ParsedMessage frame = rules.read(first);
		String found = frame.find(this.id);
		assertThat(found).isNotNull();
		frames.remember(frame, found);
		return frames.find(rules.read(second));
	}

	private String find(MessageMatcher matcher) {
		SimilarMessages frames = new SimilarMessages(this.id, List.of(this.id), List.of(matcher));
		MessageRules rules = MessageRules.builder().build();
		frames.remember(rules.read(ACK), "a1");
		return frames.find(rules.read(ACK));
	}

}
