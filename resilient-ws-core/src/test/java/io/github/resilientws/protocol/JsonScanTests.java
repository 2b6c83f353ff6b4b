package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the scan with Jackson's parser.
 */
class JsonScanTests {

	private static final List<String> POINTERS = List.of("/a", "/a/0", "/a/2", "/a/2/b", "/type", "/t", "/id",
			"/e\u00e9", "/n", "/never/there");

	private static final String SAMPLE = "{\"a\":[1,-2.5e3,{\"b\":null}],\"type\":\"a\\u00e9\\n\\/\",\"t\":true,"
			+ "\"e\\u00E9\":\"\u00e9\",\"n\":-0.1E+2 , \"id\":\"7\\\\\"}";

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final MessageRules.Builder builder = MessageRules.builder();

	private final List<Locator> locators = POINTERS.stream()
		.map((pointer) -> this.builder.locator("k", pointer))
		.toList();

	private final MessageRules rules = this.builder.build();

	private final MessageReader reader = new MessageReader();

	@Test
	void findsTheSameInASample() {
		assertSame(SAMPLE);
		assertThat(this.reader.read(this.rules, SAMPLE).findJson(this.locators.get(2))).isEqualTo("{\"b\":null}");
	}

	@Test
	void findsTheSameInASampleThatIsBrokenAnywhere() {
		String replacements = "\u0000\"\\{}[],:0-+.eEtnu x\u2028\ud800\udc00\ufeff";
		for (int i = 0; i <= SAMPLE.length(); i++) {
			assertSame(SAMPLE.substring(0, i));
			for (char c : replacements.toCharArray()) {
				assertSame(SAMPLE.substring(0, i) + c + SAMPLE.substring(Math.min(i + 1, SAMPLE.length())));
				assertSame(SAMPLE.substring(0, i) + c + SAMPLE.substring(i));
			}
		}
	}

	@Test
	void findsTheSameInRandomText() {
		Random random = new Random(7);
		List<String> tokens = List.of("{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"type\"", "\"\\u0061\"", "1",
				"-0", "01", "1.5e-3", "2.", ".2", "1e", "true", "false", "null", "nul", " ", "\n", "\"", "\\", "\t");
		for (int round = 0; round < 50_000; round++) {
			StringBuilder text = new StringBuilder((round % 2 == 0) ? "{\"a\":" : "[");
			for (int i = random.nextInt(12); i > 0; i--) {
				text.append(tokens.get(random.nextInt(tokens.size())));
			}
			assertSame(text.toString());
		}
	}

	@Test
	void limitsOfDepthAndNumbersAreThoseOfJackson() {
		for (int depth : new int[] { 498, 499, 500, 501 }) {
			assertThat(isFound("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"id\":1}"))
				.isEqualTo(depth < 500);
		}
		for (int length : new int[] { 1000, 1001 }) {
			assertThat(isFound("{\"x\":" + "7".repeat(length) + ",\"id\":1}")).isEqualTo(length == 1000);
		}
	}

	private boolean isFound(String text) {
		return this.reader.read(this.rules, text).find(this.locators.get(6)) != null;
	}

	private void assertSame(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		// without unpaired surrogates, which no message has
		String valid = new String(utf8, StandardCharsets.UTF_8);
		List<@Nullable String> found = found(this.reader.read(this.rules, text));
		assertThat(found).as(text).isEqualTo(expected(valid, found));
		byte[] surrounded = ("\"" + valid + "\"}").getBytes(StandardCharsets.UTF_8);
		ParsedMessage encoded = this.reader.read(this.rules, surrounded, 1, utf8.length);
		assertThat(encoded).isNotNull();
		assertThat(found(encoded)).as(text).isEqualTo(found);
	}

	private List<@Nullable String> found(ParsedMessage message) {
		List<@Nullable String> found = new ArrayList<>();
		for (Locator locator : this.locators) {
			found.add(message.find(locator));
		}
		return found;
	}

	private List<@Nullable String> expected(String text, List<@Nullable String> whenNamesAreRepeated) {
		List<@Nullable String> expected = new ArrayList<>();
		JsonNode tree = this.mapper.missingNode();
		try (JsonParser parser = this.mapper.createParser(text)) {
			JsonToken first = parser.nextToken();
			if (first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY) {
				tree = this.mapper.readTree(parser);
			}
		}
		catch (JacksonException ex) {
			if (ex.getMessage().contains("Duplicate")) {
				return whenNamesAreRepeated;
			}
			tree = this.mapper.missingNode();
		}
		for (String pointer : POINTERS) {
			JsonNode node = tree.at(pointer);
			if (node.isContainer()) {
				expected.add(whenNamesAreRepeated.get(expected.size()));
			}
			else if (node.isNumber()) {
				expected.add(raw(whenNamesAreRepeated.get(expected.size()), node));
			}
			else {
				expected.add((node.isMissingNode() || node.isNull()) ? null : node.asString());
			}
		}
		return expected;
	}

	// a number is found as it is written
	private @Nullable String raw(@Nullable String found, JsonNode expected) {
		return (found != null && this.mapper.readTree(found).equals(expected)) ? found : expected.asString();
	}

}
