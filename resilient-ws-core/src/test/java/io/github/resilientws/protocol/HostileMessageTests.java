package io.github.resilientws.protocol;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class HostileMessageTests {

	private static final String SAMPLE = "{\"a\":[1,-2.5e3,{\"b\":null}],\"type\":\"a\\u00e9\\n\",\"t\":true,\"id\":\"7\"}";

	private final MessageRules.Builder builder = MessageRules.builder();

	private final MessageMatcher type = this.builder.matcher("k", "/type = ack");

	private final MessageMatcher exists = this.builder.matcher("k", "/type || /id || /a/2/b");

	private final Locator id = this.builder.locator("k", "/id");

	private final Locator array = this.builder.locator("k", "/a");

	private final MessageRules rules = this.builder.build();

	private void ask(String text) {
		ParsedMessage frame = this.rules.read(text);
		frame.matches(this.type);
		frame.matches(this.exists);
		frame.find(this.id);
		frame.findJson(this.array);
	}

	private void assertNothing(String text) {
		ParsedMessage frame = this.rules.read(text);
		assertThat(frame.matches(this.exists)).isFalse();
		assertThat(frame.find(this.id)).isNull();
		assertThat(frame.findJson(this.array)).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "{", "[", "{]", "[}", "{\"type\"", "{\"type\":", "{\"type\":\"ack\"", "{\"type\":tru}",
					"{\"type\":NaN}", "{type:\"ack\"}", "{'type':'ack'}", "{\"type\":01}", "{\"type\":\"\n\"}",
					"{\"type\":1,}", "{\"type\":1}}{", "null", "true", "1", "\"type\"", "/*c*/{\"type\":1}",
					"{\"type\":\"\\x\"}", "{\"type\":\"\\ud800", "\u0000{\"type\":1}", "{\u0000\"type\":1}" })
	void malformedTextHasNoValuesOrOnlyCompleteOnes(String text) {
		ask(text);
		if (!text.startsWith("{\"type\":1}")) {
			assertNothing(text);
		}
	}

	@Test
	void byteOrderMarkIsNotJson() {
		assertNothing("\ufeff{\"type\":\"ack\",\"id\":1}");
	}

	@Test
	void deepNestingHasNothing() {
		assertNothing("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + ",\"type\":1}");
		assertNothing("{\"x\":" + "{\"y\":".repeat(50_000) + "1" + "}".repeat(50_000) + ",\"type\":1}");
		assertNothing("[".repeat(50_000));
	}

	@Test
	void aHugeNumberHasNothing() {
		String digits = "7".repeat(100_000);
		assertNothing("{\"x\":" + digits + ",\"id\":1}");
		assertNothing("{\"id\":" + digits + "}");
		assertNothing("{\"id\":1." + digits + "}");
	}

	@Test
	void aHugeNameIsSkipped() {
		assertThat(this.rules.read("{\"" + "n".repeat(100_000) + "\":1,\"id\":1}").find(this.id)).isEqualTo("1");
	}

	@Test
	void manyDifferentNamesAreRead() {
		StringBuilder json = new StringBuilder("{");
		for (int i = 0; i < 100_000; i++) {
			json.append("\"n").append(i).append("\":0,");
		}
		ParsedMessage frame = this.rules.read(json.append("\"id\":1}").toString());
		assertThat(frame.find(this.id)).isEqualTo("1");
	}

	@Test
	void textBrokenAnywhereNeverThrows() {
		String replacements = "\u0000\"\\{}[],:0-.eEtnu x\u2028\ud800\udc00\ufeff";
		for (int i = 0; i <= SAMPLE.length(); i++) {
			String head = SAMPLE.substring(0, i);
			ask(head);
			ask(SAMPLE.substring(i));
			for (char c : replacements.toCharArray()) {
				ask(head + c + SAMPLE.substring(Math.min(i + 1, SAMPLE.length())));
				ask(head + c + SAMPLE.substring(i));
			}
		}
	}

	@Test
	void randomTextNeverThrows() {
		Random random = new Random(42);
		String alphabet = "{}[]\",:\\/0123456789-+.eEtrufalsnidtype \n\u00e9\ud83d\ude00";
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder((round % 2 == 0) ? "{\"" : "[");
			for (int i = random.nextInt(60); i > 0; i--) {
				text.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			assertThatCode(() -> ask(text.toString())).as(text.toString()).doesNotThrowAnyException();
		}
	}

	@Test
	void nothingIsReadAfterTheLastPointerWasFound() {
		MessageRules.Builder builder = MessageRules.builder();
		MessageMatcher matcher = builder.matcher("k", "/type = ack && /d/x/y");
		MessageRules rules = builder.build();
		assertThat(rules.read("{\"type\":\"ack\",\"d\":{\"x\":{\"y\":[ broken").matches(matcher)).isTrue();
		assertThat(rules.read("{\"d\":{\"x\":{\"y\":1,\"z\":0},\"w\":0},\"type\":\"ack\", broken").matches(matcher))
			.isTrue();
		assertThat(rules.read("{\"d\":{\"x\":{\"y\": broken").matches(matcher)).isFalse();
	}

	@Test
	void nothingIsReadOnceNothingMoreCanBeFound() {
		MessageRules.Builder builder = MessageRules.builder();
		MessageMatcher below = builder.matcher("k", "/d/x || /d/y");
		MessageMatcher there = builder.matcher("k", "/d");
		ParsedMessage frame = builder.build().read("{\"d\":\"text\", broken");
		assertThat(frame.matches(below)).isFalse();
		assertThat(frame.matches(there)).isTrue();
	}

	@Test
	void jsonIsNotReadForWholeTextAndRegularExpressions() {
		MessageRules.Builder builder = MessageRules.builder();
		MessageMatcher pointer = builder.matcher("k", "/a");
		MessageMatcher text = builder.matcher("k", "2");
		MessageMatcher regex = builder.matcher("k", "~b");
		ParsedMessage frame = builder.build().read("{\"b\":1}");
		assertThat(frame.matches(text)).isFalse();
		assertThat(frame.matches(regex)).isTrue();
		assertThat(frame.isRead()).isFalse();
		assertThat(frame.matches(pointer)).isFalse();
		assertThat(frame.isRead()).isTrue();
	}

	@Test
	@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void backtrackingEnds() {
		MessageRules.Builder builder = MessageRules.builder();
		MessageMatcher exponential = builder.matcher("k", "~^(a+)+$");
		MessageMatcher polynomial = builder.matcher("k", "~a*a*a*a*a*b");
		MessageMatcher recursive = builder.matcher("k", "~^(?:a|b)*$");
		Locator locator = builder.locator("k", "~^(a|aa)+$");
		MessageRules rules = builder.build();
		ParsedMessage frame = rules.read("a".repeat(5_000) + "!");
		assertThat(frame.matches(exponential)).isFalse();
		assertThat(frame.matches(polynomial)).isFalse();
		assertThat(frame.find(locator)).isNull();
		assertThat(rules.read("ab".repeat(1_000_000)).matches(recursive)).isFalse();
		assertThat(rules.read("aaa").matches(exponential)).isTrue();
	}

}
