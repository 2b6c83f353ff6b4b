package io.github.resilientws.protocol;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are read before they are decoded.
 */
class MessageReaderTests {

	private static final int OFFSET = 3;

	private static final String PONG = "{\"op\":\"pong\",\"at\":{\"ms\":1700000000123}}";

	private final MessageRules.Builder builder = MessageRules.builder();

	private final MessageMatcher pong = this.builder.matcher("k", "/op = pong");

	private final MessageMatcher whole = this.builder.matcher("k", PONG);

	private final MessageMatcher regex = this.builder.matcher("k", "~p[o\u00f6]ng");

	private final Locator op = this.builder.locator("k", "/op");

	private final Locator at = this.builder.locator("k", "/at");

	private final MessageRules rules = this.builder.build();

	private final MessageReader reader = new MessageReader();

	@Test
	void matchesWithoutDecoding() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		byte[] utf8 = surrounded(PONG);
		assertThat(isPong(utf8)).isTrue();
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < 1000; i++) {
			isPong(utf8);
		}
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000L * PONG.length());
	}

	private boolean isPong(byte[] utf8) {
		ParsedMessage message = this.reader.read(this.rules, utf8, OFFSET, utf8.length - 2 * OFFSET);
		return message != null && message.matches(this.whole) && message.matches(this.pong);
	}

	@ParameterizedTest
	@ValueSource(strings = { PONG, "{\"op\":\"p\u00f6ng\",\"at\":[\"\u6771\u4eac\",\"\\ud83d\\ude00\"]}" })
	void retainedMessageDoesNotChangeWithTheArray(String text) {
		ParsedMessage decoded = this.rules.read(text);
		byte[] utf8 = surrounded(text);
		ParsedMessage message = read(utf8);
		Object value = message.findValue(this.at);
		message.retain();
		Arrays.fill(utf8, (byte) '"');
		assertThat(message.retain().text()).isEqualTo(text);
		assertThat(message.matches(this.regex)).isTrue();
		assertThat(message.find(this.op)).isEqualTo(decoded.find(this.op));
		assertThat(message.findJson(this.at)).isEqualTo(decoded.findJson(this.at));
		assertThat(value).isNotNull();
		assertThat(TemplateValues.textOf(value)).isEqualTo(decoded.findJson(this.at));
	}

	@ParameterizedTest
	@ValueSource(strings = { "C328", "ED9FBFC0", "EDA080", "F8", "EFBFBD" })
	void messageThatMayBeMalformedIsLeftToAStrictDecoder(String hex) {
		String bytes = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
		byte[] utf8 = PONG.replace("pong", bytes).getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.reader.read(this.rules, utf8, 0, utf8.length)).isNull();
	}

	private ParsedMessage read(byte[] utf8) {
		ParsedMessage message = this.reader.read(this.rules, utf8, OFFSET, utf8.length - 2 * OFFSET);
		assertThat(message).isNotNull();
		return message;
	}

	private static byte[] surrounded(String text) {
		return ("\u00e9," + text + ",\u00e9").getBytes(StandardCharsets.UTF_8);
	}

}
