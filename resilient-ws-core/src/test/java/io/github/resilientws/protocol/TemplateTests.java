package io.github.resilientws.protocol;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TemplateTests {

	private static final Map<String, Object> VALUES = Map.of("token", "a\"b\\c\n", "n", 42L, "on", true, "a.b-c_1",
			"dotted", "json", "{\"x\":[1]}", "0", "zero");

	private static String render(String template) {
		return Template.parse("heartbeat.send", template).render(VALUES::get);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			PING                            ¦ PING
			{"id":{{n}}}                    ¦ {"id":42}
			{"a":{"id":{{n}}}}              ¦ {"a":{"id":42}}
			{"id":"{{n}}"}                  ¦ {"id":"42"}
			{"on":{{on}},"s":"is {{on}}"}   ¦ {"on":true,"s":"is true"}
			{"t":{{token}}}                 ¦ {"t":"a\\"b\\\\c\\n"}
			{"t":"Bearer {{token}}!"}       ¦ {"t":"Bearer a\\"b\\\\c\\n!"}
			{"t":"\\"{{token}}"}            ¦ {"t":"\\"a\\"b\\\\c\\n"}
			{"\\\\":{{token}}}              ¦ {"\\\\":"a\\"b\\\\c\\n"}
			{"d":{{json:raw}},"n":"{{n}}"}  ¦ {"d":{"x":[1]},"n":"42"}
			{{{json:raw}}}                  ¦ {{"x":[1]}}
			[2,{{a.b-c_1}},"Heartbeat",{}]  ¦ [2,"dotted","Heartbeat",{}]
			{{n}}{{n}}                      ¦ 4242
			42{{n}}["ev",{{0}}]             ¦ 4242["ev","zero"]
			{"x":"}}"}                      ¦ {"x":"}}"}
			{"x":{"y":{}}}                  ¦ {"x":{"y":{}}}
			""")
	void rendersValuesWhereTheyStand(String template, String expected) {
		assertThat(render(template)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			{"id":{{id}            ¦ {{id               ¦ {{ without }} at character 7
			{{                     ¦ {{                 ¦ {{ without }} at character 1
			{{}}                   ¦ {{                 ¦ not a placeholder at character 1
			{{ id }}               ¦ {{ id              ¦ not a placeholder
			{{-id}}                ¦ {{-id              ¦ not a placeholder
			{{a b}}                ¦ {{a b              ¦ not a placeholder
			{{id:json}}            ¦ {{id:json          ¦ not a placeholder
			{{id:raw:raw}}         ¦ {{id:raw:raw       ¦ not a placeholder
			{{é}}                  ¦ {{                 ¦ not a placeholder
			{{id","secret":"s3cret"}} ¦ {{id            ¦ not a placeholder
			""")
	void refusesWrongPlaceholders(String template, String value, String reason) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> Template.parse("k", template))
			.withMessageContaining(reason)
			.withMessageNotContaining("s3cret")
			.satisfies((ex) -> assertThat(ex.getValue().strip()).isEqualTo(value));
	}

	@Test
	void tellsItsNames() {
		assertThat(Template.parse("k", "{{b}} {{a:raw}} {{b}}").names()).containsExactlyInAnyOrder("a", "b");
		assertThat(Template.parse("k", "PING").names()).isEmpty();
	}

	@Test
	void unknownNameIsRefusedWithTheAllowedOnes() {
		Template template = Template.parse("session.steps[0].send", "{\"token\":{{tokn}}}");
		template.requireNames(Set.of("tokn"));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> template.requireNames(Set.of("uuid", "token", "now")))
			.withMessage("session.steps[0].send = '{{tokn}}': unknown name, allowed are now, token, uuid");
	}

	@Test
	void missingValueNamesTheKeyAndThePlaceholderOnly() {
		Template template = Template.parse("heartbeat.send", "{{token}} {{seq}}");
		assertThatExceptionOfType(UnresolvedTemplateException.class)
			.isThrownBy(() -> template.render(Map.of("token", "s3cret")::get))
			.withMessage("heartbeat.send: there is no value for {{seq}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000", "\u001f", "\u2028", "\u2029", "\ud800", "\udc00", "\ud800x", "x\udc00" })
	void whatUtf8OrJavaScriptCannotHoldIsEscaped(String value) {
		String json = Template.parse("k", "{{v}}").render((name) -> value);
		assertThat(json).contains("\\u").isEqualTo(json.replaceAll("[^ -~]", ""));
	}

	@Test
	void surrogatePairsAndPlainTextStayAsTheyAre() {
		assertThat(Template.parse("k", "{{v}}").render((name) -> "é😀/<")).isEqualTo("\"é😀/<\"");
	}

	@Test
	void anyValueComesBackFromTheRenderedText() {
		Template template = Template.parse("k", "{\"a\":{{v}},\"b\":\"-{{v}}-\",\"c\":[\"\\\\\",{{v}}]}");
		MessageRules.Builder builder = MessageRules.builder();
		Locator value = builder.locator("k", "/a");
		Locator inString = builder.locator("k", "/b");
		Locator last = builder.locator("k", "/c/1");
		MessageRules rules = builder.build();
		Random random = new Random(7);
		String special = "\"\\/\b\f\n\r\t{}{}:,\u0000\u2028\u2029\ud800\udc00\ud83d\ude00'é";
		for (int round = 0; round < 3_000; round++) {
			StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(20); i > 0; i--) {
				text.append((random.nextBoolean()) ? special.charAt(random.nextInt(special.length()))
						: (char) random.nextInt(0x10000));
			}
			String expected = text.toString();
			String json = template.render((name) -> expected);
			assertValidJson(json);
			ParsedMessage frame = rules.read(json);
			assertThat(frame.find(value)).isEqualTo(expected);
			assertThat(frame.find(inString)).isEqualTo("-" + expected + "-");
			assertThat(frame.find(last)).isEqualTo(expected);
		}
	}

	@Test
	void builtInValuesStandBehindTheGivenOnes() {
		InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));
		TemplateValues values = new TemplateValues(
				List.of(Map.of("token", "new"), Map.of("token", "old", "room", "r1")), () -> "u-1", clock);
		Template template = Template.parse("k", "[{{token}},{{room}},{{uuid}},{{now}}]");
		assertThat(template.render(values::lookup)).isEqualTo("[\"new\",\"r1\",\"u-1\",1700000000123]");
		@Nullable Object unknown = values.lookup("other");
		assertThat(unknown).isNull();
		assertThat(values.toString()).doesNotContain("new", "old", "r1");
	}

	private static void assertValidJson(String json) {
		try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
			while (parser.nextToken() != null) {
				parser.getString();
			}
		}
	}

}
