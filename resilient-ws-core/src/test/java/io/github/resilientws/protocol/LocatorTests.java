package io.github.resilientws.protocol;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LocatorTests {

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', nullValues = "-", textBlock = """
			/messageId           ¦ {"type":"ack","messageId":"m-1"}  ¦ m-1            ¦ "m-1"
			/id                  ¦ {"result":null,"id":17}           ¦ 17             ¦ 17
			/result              ¦ {"result":null,"id":17}           ¦ -              ¦ null
			/result              ¦ {"result":"null"}                 ¦ null           ¦ "null"
			/missing             ¦ {"result":null,"id":17}           ¦ -              ¦ -
			/ok                  ¦ {"ok":true}                       ¦ true           ¦ true
			/n                   ¦ {"n":1.50e+3}                     ¦ 1.50e+3        ¦ 1.50e+3
			/1                   ¦ [3,"19223201",{}]                 ¦ 19223201       ¦ "19223201"
			/2                   ¦ [3,"1",{"a": [1, 2]},4]           ¦ {"a": [1, 2]}  ¦ {"a": [1, 2]}
			/d                   ¦ {"d": [ ] ,"e":1}                 ¦ [ ]            ¦ [ ]
			/d                   ¦ {"d":{"é":"}"},"e":1}             ¦ {"é":"}"}      ¦ {"é":"}"}
			/error/event_id      ¦ {"error":{"event_id":"e1"}}       ¦ e1             ¦ "e1"
			/s                   ¦ {"s":"a\\"\\n\\u00e9"}            ¦ `a"
			é`                                                                        ¦ "a\\"\\né"
			~^43(\\d+)\\[        ¦ 4312["ok"]                        ¦ 12             ¦ "12"
			~receipt-id:(.*)     ¦ `RECEIPT
			receipt-id:7"7`                                          ¦ 7"7            ¦ "7\\"7"
			~^43(\\d+)\\[        ¦ 42["ok"]                          ¦ -              ¦ -
			~a(b)?c              ¦ ac                                ¦ -              ¦ -
			""")
	void findsValues(String expression, String frame, String text, String json) {
		MessageRules.Builder builder = MessageRules.builder();
		Locator locator = builder.locator("payload", expression);
		ParsedMessage parsed = builder.build().read(frame);
		assertThat(parsed.find(locator)).isEqualTo(text);
		assertThat(parsed.findJson(locator)).isEqualTo(json);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			``        ¦ must be a JSON pointer
			messageId ¦ must be a JSON pointer
			~id=.*    ¦ needs a group
			~(?:a)    ¦ needs a group
			~(a       ¦ Unclosed group
			/a~x      ¦ ~ must be followed by 0
			""")
	void refusesWrongExpressions(String expression, String reason) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> MessageRules.builder().locator("payload", expression))
			.withMessageContaining("payload")
			.withMessageContaining(reason);
	}

	@Test
	void findsAnObjectAndThingsInsideItAndMatchesThem() {
		MessageRules.Builder builder = MessageRules.builder();
		Locator inner = builder.locator("k", "/data/user/name");
		Locator outer = builder.locator("k", "/data");
		MessageMatcher exists = builder.matcher("k", "/data && /data/user/name = Ann");
		Locator after = builder.locator("k", "/seq");
		ParsedMessage frame = builder.build().read("{\"data\": {\"user\":{\"name\":\"Ann\"},\"x\":[1]} ,\"seq\":7}");
		assertThat(frame.find(after)).isEqualTo("7");
		assertThat(frame.find(inner)).isEqualTo("Ann");
		assertThat(frame.findJson(outer)).isEqualTo("{\"user\":{\"name\":\"Ann\"},\"x\":[1]}");
		assertThat(frame.matches(exists)).isTrue();
	}

	@Test
	void findsAnObjectInAFrameOfManyBuffers() {
		String filling = "é\\n😀".repeat(50_000);
		String data = "{\"x\":\"" + filling + "\",\"y\":[1,{}]}";
		MessageRules.Builder builder = MessageRules.builder();
		Locator locator = builder.locator("k", "/data");
		Locator last = builder.locator("k", "/last");
		ParsedMessage frame = builder.build().read("{\"a\":\"" + filling + "\",\"data\":" + data + ",\"last\":\"z\"}");
		assertThat(frame.findJson(locator)).isEqualTo(data);
		assertThat(frame.find(last)).isEqualTo("z");
	}

	@Test
	void answersManyRulesOverOneFrame() {
		MessageRules.Builder builder = MessageRules.builder();
		List<Locator> locators = new ArrayList<>();
		List<MessageMatcher> matchers = new ArrayList<>();
		StringBuilder json = new StringBuilder("{");
		for (int i = 0; i < 300; i++) {
			String expression = (i % 3 == 0) ? "/k" + i : (i % 3 == 1) ? "/k" + i + "/v" : "/k" + i + "/2/v";
			locators.add(builder.locator("k", expression));
			matchers.add(builder.matcher("k", expression + " = " + i));
			String value = (i % 3 == 0) ? "" + i
					: (i % 3 == 1) ? "{\"w\":0,\"v\":" + i + "}" : "[0,[],{\"v\":" + i + "}]";
			json.append((i == 0) ? "" : ",").append("\"k").append(i).append("\":").append(value);
		}
		ParsedMessage frame = builder.build().read(json.append('}').toString());
		for (int i = 0; i < 300; i++) {
			assertThat(frame.find(locators.get(i))).isEqualTo("" + i);
			assertThat(frame.matches(matchers.get(i))).isTrue();
		}
	}

}
