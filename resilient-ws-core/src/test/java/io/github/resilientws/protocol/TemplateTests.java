package io.github.resilientws.protocol;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import io.github.resilientws.ComputedValue;
import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TemplateTests {

	private static final Map<String, Object> VALUES = Map.of("token", "a\"b\\c\n", "n", 42L, "on", true, "a.b-c_1",
			"dotted", "json", "{\"x\":[1]}", "0", "zero");

	private static final Function<String, @Nullable Object> NO_VALUES = (name) -> null;

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
	void returnsItsNames() {
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
				List.of(Map.of("token", "new")::get, Map.of("token", "old", "room", "r1")::get), () -> "u-1", clock);
		Template template = Template.parse("k", "[{{token}},{{room}},{{uuid}},{{now}}]");
		assertThat(template.render(values.forText(NO_VALUES))).isEqualTo("[\"new\",\"r1\",\"u-1\",1700000000123]");
		assertThat(values.has("other")).isFalse();
		assertThat(values.toString()).doesNotContain("new", "old", "r1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			{"seq":{{seq|null}}}                       ¦ {"seq":null}
			{"seq":"{{seq|none}}","n":{{n|0}}}         ¦ {"seq":"none","n":42}
			{"p":{{payload}},"q":"{{payload}}"}        ¦ {"p":null,"q":"null"}
			{"p":{{payload|[]}}}                       ¦ {"p":[]}
			{"p":{{payload:raw|}}}                     ¦ {"p":}
			{"a":1{{object:members}}}                  ¦ {"a":1,"x":1,"y":{"z":2}}
			{"a":1{{json:members}}}                    ¦ {"a":1,"x":[1]}
			{"a":1{{empty:members}}{{payload:members}}} ¦ {"a":1}
			{"b":"{{token:base64}}"}                   ¦ {"b":"YSJiXGMK"}
			{"b":"{{bytes:base64}}"}                   ¦ {"b":"AP8="}
			""")
	void otherFormsAndTextsForMissingValues(String template, String expected) {
		Map<String, Object> values = new HashMap<>(VALUES);
		values.put("object", new JsonValue(" {\"x\":1,\"y\":{\"z\":2}} "));
		values.put("empty", new JsonValue("{ }"));
		values.put("bytes", ByteBuffer.wrap(new byte[] { 0, -1 }));
		assertThat(Template.parse("k", template).render(values::get)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{n:members}}", "{{token:members}}", "{{bytes}}", "{{bytes:raw}}" })
	void aValueThatCannotBeWrittenInItsFormNamesTheKeyOnly(String template) {
		Map<String, Object> values = new HashMap<>(VALUES);
		values.put("bytes", ByteBuffer.allocate(1));
		assertThatExceptionOfType(UnresolvedTemplateException.class)
			.isThrownBy(() -> Template.parse("request.send", template).render(values::get))
			.withMessageContaining("request.send")
			.withMessageContaining("{{name:members}} needs a JSON object");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			[3,{{/1}},{}]                 ¦ [3,"a\\"b",{}]
			[3,"{{/1}}"]                  ¦ [3,"a\\"b"]
			{{/2/n}} {{/2}} {{/0}}        ¦ 7 {"n":7} true
			{{/9}} {{/9|none}} "{{/9}}"   ¦ null none "null"
			{"a":1{{/2:members}}}         ¦ {"a":1,"n":7}
			""")
	void pointersStandForValuesOfTheAnsweredMessage(String template, String expected) {
		Template answer = Template.parseAnswer("k", template);
		MessageRules.Builder builder = MessageRules.builder();
		Map<String, Locator> locators = new HashMap<>();
		answer.pointers().forEach((pointer) -> locators.put(pointer, builder.locator("k", pointer)));
		ParsedMessage message = builder.build().read("[true,\"a\\\"b\",{\"n\":7}]");
		assertThat(answer.names()).isEmpty();
		assertThat(answer.render((name) -> message.findValue(locators.get(name)))).isEqualTo(expected);
	}

	@Test
	void aPointerIsRefusedWhereNoMessageIsAnswered() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Template.parse("heartbeat.send", "{\"id\":{{/id}}}"))
			.withMessageContaining("heartbeat.send = '{{/id}}'")
			.withMessageContaining("allowed are names");
	}

	@Test
	void aNameHasOneValueInEachText() {
		AtomicInteger calls = new AtomicInteger();
		ComputedValue signature = (values) -> values.apply("now") + "/" + values.apply("key") + "/"
				+ calls.incrementAndGet();
		TemplateValues values = new TemplateValues(List.of(Map.of("signature", signature, "key", "k")::get),
				() -> "u-" + calls.incrementAndGet(), InstantSource.fixed(Instant.ofEpochMilli(5)));
		Template template = Template.parse("k",
				"{{uuid:raw}} {{signature:raw}} {{uuid:raw}} {{signature:raw}} {{now}}");
		assertThat(template.render(values.forText(NO_VALUES))).isEqualTo("u-1 5/k/2 u-1 5/k/2 5");
		assertThat(template.render(values.forText(NO_VALUES))).isEqualTo("u-3 5/k/4 u-3 5/k/4 5");
	}

	@Test
	void aComputedValueThatFailsOrAsksForItselfNamesItselfOnly() {
		ComputedValue failing = (values) -> {
			throw new IllegalArgumentException("s3cret");
		};
		ComputedValue own = (values) -> String.valueOf(values.apply("own"));
		TemplateValues values = new TemplateValues(List.of(Map.of("failing", failing, "own", own)::get), () -> "",
				InstantSource.system());
		assertThat(Template.parse("k", "{{own}}").render(values.forText(NO_VALUES))).isEqualTo("\"null\"");
		assertThatExceptionOfType(ValueComputationException.class)
			.isThrownBy(() -> Template.parse("k", "{{failing}}").render(values.forText(NO_VALUES)))
			.withMessageContaining("{{failing}}")
			.withMessageNotContaining("s3cret")
			.satisfies((ex) -> assertThat(ex.getDescription()).contains("IllegalArgumentException")
				.doesNotContain("s3cret"));
	}

	private static void assertValidJson(String json) {
		try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
			while (parser.nextToken() != null) {
				parser.getString();
			}
		}
	}

}
