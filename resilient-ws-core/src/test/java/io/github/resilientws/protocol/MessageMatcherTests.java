package io.github.resilientws.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MessageMatcherTests {

	private static boolean matches(String expression, String frame) {
		MessageRules.Builder builder = MessageRules.builder();
		MessageMatcher matcher = builder.matcher("heartbeat.await", expression);
		return builder.build().read(frame).matches(matcher);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`',
			textBlock = """
					Binance reply             ¦ /id = 1 && /result           ¦ {"result":null,"id":1}
					Binance null              ¦ /result = null               ¦ {"result":null,"id":1}
					Binance error             ¦ /code = 2                    ¦ {"code":2,"msg":"Invalid","id":1}
					Binance shutdown          ¦ /e = serverShutdown || /stream = !serverShutdown ¦ {"stream":"!serverShutdown","data":{}}
					Coinbase heartbeat        ¦ /type = heartbeat            ¦ {"type":"heartbeat","sequence":90,"last_trade_id":20}
					Kraken subscribed         ¦ /method = subscribe && /success = true ¦ {"method":"subscribe","success":true,"result":{"x":1},"req_id":7}
					Kraken heartbeat          ¦ /channel = heartbeat         ¦ {"channel":"heartbeat"}
					Deribit test request      ¦ /params/type = test_request  ¦ {"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}
					Discord hello             ¦ /op = 10                     ¦ {"op":10,"d":{"heartbeat_interval":45000}}
					Discord hello interval    ¦ /d/heartbeat_interval        ¦ {"op":10,"d":{"heartbeat_interval":45000}}
					Discord acknowledgement   ¦ /op = 11                     ¦ {"op":11}
					Discord ready             ¦ /op = 0 && /t = READY        ¦ {"t":"READY","s":1,"op":0,"d":{"session_id":"x"}}
					Discord invalid session   ¦ /op = 9 && /d = false        ¦ {"op":9,"d":false}
					Slack hello               ¦ /type = hello                ¦ {"type":"hello","num_connections":1,"debug_info":{"approximate_connection_time":18060}}
					Slack envelope            ¦ /envelope_id                 ¦ {"payload":{"a":[1,2]},"envelope_id":"57d6","type":"events_api"}
					Slack disconnect          ¦ /type = disconnect && /reason = warning || /type = disconnect && /reason = refresh_requested ¦ {"type":"disconnect","reason":"refresh_requested"}
					JSON-RPC result           ¦ /id = 1 && /result           ¦ {"jsonrpc":"2.0","id":1,"result":"0xcd0c"}
					JSON-RPC subscription     ¦ /params/subscription = 0xcd0c ¦ {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0xcd0c","result":{}}}
					Home Assistant            ¦ /type = auth_ok              ¦ {"type":"auth_ok"}
					Home Assistant error      ¦ /error/code = invalid_format ¦ {"id":18,"success":false,"error":{"code":"invalid_format"}}
					OCPP result               ¦ /0 = 3 && /2/status = Accepted ¦ [3,"19223201",{"status":"Accepted","interval":300}]
					OCPP id                   ¦ /1 = 19223201                ¦ [3,"19223201",{}]
					OCPP error                ¦ /0 = 4                       ¦ [4,"1","NotSupported","",{}]
					GraphQL                   ¦ /type = connection_ack       ¦ {"type":"connection_ack"}
					Engine.IO ping            ¦ 2                            ¦ 2
					Engine.IO open            ¦ ~^0\\{                       ¦ 0{"sid":"x","pingInterval":25000}
					Socket.IO acknowledgement ¦ ~^43\\d+\\[                  ¦ 4312["ok"]
					Phoenix heartbeat         ¦ /2 = phoenix && /3 = phx_reply && /4/status = ok ¦ [null,"5","phoenix","phx_reply",{"status":"ok","response":{}}]
					Phoenix join reference    ¦ /0 = null && /1 = 5          ¦ [null,"5","phoenix","phx_reply",{}]
					OpenAI error              ¦ /error/event_id = e1         ¦ {"type":"error","error":{"event_id":"e1"}}
					""")
	void recognisesRealFrames(String name, String expression, String frame) {
		assertThat(matches(expression, frame)).as(name).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			/op = 1                  ¦ {"op":11}
			/op = 11                 ¦ {"d":{"op":11}}
			/op = 1.0                ¦ {"op":1}
			/d/x                     ¦ {"d":"x"}
			/d/0                     ¦ {"d":"x"}
			/type                    ¦ ["type"]
			/1                       ¦ [1]
			/-                       ¦ [1]
			/01                      ¦ [0,1]
			/d = {}                  ¦ {"d":{}}
			/d = []                  ¦ {"d":[]}
			/d = `` ¦ {"d":{"a":1}}
			/0 = 3                   ¦ 3
			/0                       ¦ 42["ev"]
			2                        ¦ 2probe
			pong                     ¦ PONG
			~^pong$                  ¦ ponging
			""")
	void leavesOtherFramesAlone(String expression, String frame) {
		assertThat(matches(expression, frame)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			/a = 1 || /b = 1 && /c = 1  ¦ {"a":1}              ¦ true
			/a = 1 || /b = 1 && /c = 1  ¦ {"b":1}              ¦ false
			/a = 1 || /b = 1 && /c = 1  ¦ {"b":1,"c":1}        ¦ true
			/a = 1 && /b = 1 || /c = 1  ¦ {"c":1}              ¦ true
			/a = 1 && /b = 1 || /c = 1  ¦ {"a":1}              ¦ false
			/a = x = y                  ¦ {"a":"x = y"}        ¦ true
			/a=b                        ¦ {"a=b":0}            ¦ true
			/a = b&&/c                  ¦ {"a":"b&&/c"}        ¦ true
			/a = b||/c                  ¦ {"a":"b||/c"}        ¦ true
			/a = /b                     ¦ {"a":"/b"}           ¦ true
			/a = ~b                     ¦ {"a":"~b"}           ¦ true
			~a || b                     ¦ `-a || b-`           ¦ true
			~^(?:x \\|\\| y)$           ¦ x || y               ¦ true
			x = 1 && /y                 ¦ x = 1 && /y          ¦ true
			x || {"y":1}                ¦ {"y":1}              ¦ false
			/n = 1e999                  ¦ {"n":1e999}          ¦ true
			/n = -0                     ¦ {"n":-0}             ¦ true
			/n = 1.50                   ¦ {"n":1.50}           ¦ true
			/n = true                   ¦ {"n":"true"}         ¦ true
			/n = true                   ¦ {"n":true}           ¦ true
			/n = null                   ¦ {"n":null}           ¦ true
			/n                          ¦ {"n":null}           ¦ true
			/n = é"x                    ¦ {"n":"\\u00e9\\"x"}  ¦ true
			""")
	void splitsOnlyAtOperatorsAndBindsAndTighter(String expression, String frame, boolean expected) {
		assertThat(matches(expression, frame)).isEqualTo(expected);
	}

	@Test
	void comparesWithAnEmptyText() {
		assertThat(matches("/a = ", "{\"a\":\"\"}")).isTrue();
		assertThat(matches("/a = ", "{\"a\":{}}")).isFalse();
		assertThat(matches("/a = ", "{\"b\":1}")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			/a~1b        ¦ {"a/b":1}
			/a~0b        ¦ {"a~b":1}
			/~01         ¦ {"~1":1}
			/            ¦ {"":1}
			/a//b        ¦ {"a":{"":{"b":1}}}
			/a/          ¦ {"a":{"":1}}
			/0/id        ¦ [{"id":1}]
			/0/id        ¦ {"0":{"id":1}}
			/data/10/x   ¦ {"data":[0,1,2,3,4,5,6,7,8,9,{"x":0}]}
			/a b         ¦ {"a b":1}
			/é           ¦ {"\\u00e9":1}
			/-           ¦ {"-":1}
			/01          ¦ {"01":1}
			/99999999999 ¦ {"99999999999":1}
			""")
	void followsPointers(String pointer, String frame) {
		assertThat(matches(pointer, frame)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
			``            ¦ must not be blank
			`  `          ¦ must not be blank
			/a && b       ¦ pointer that starts with / must follow
			/a = x || y   ¦ pointer that starts with / must follow
			/a || ~b      ¦ pointer that starts with / must follow
			/a ||         ¦ something must follow
			/a &&         ¦ something must follow
			/a =          ¦ something must follow
			/a~           ¦ ~ must be followed by 0
			/a~2b         ¦ ~ must be followed by 0
			/a/~ = x      ¦ ~ must be followed by 0
			~a(b          ¦ not a regular expression: Unclosed group at character 5
			~[            ¦ not a regular expression: Unclosed character class at character 2
			""")
	void refusesWrongExpressions(String expression, String reason) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> matches(expression, "{}"))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getKey()).isEqualTo("heartbeat.await"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'type':'a','type':'b','last':1}", "{'type':'a','type':{},'last':1}",
			" \t\r\n{'type':'a','type':null,'last':1}" })
	void firstOfEqualNamesCounts(String frame) {
		String json = frame.replace('\'', '"');
		assertThat(matches("/type = a && /last", json)).isTrue();
		assertThat(matches("/type = b && /last", json)).isFalse();
	}

	@Test
	void aLaterDuplicateAddsNothingBelow() {
		assertThat(matches("/d/x || /last = 2", "{\"d\":{\"y\":1},\"d\":{\"x\":1},\"last\":1}")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'d':{'id':1},'id':7}", "{'d':[{'id':1}],'id':7}", "{'e':{'d':0,'id':1},'d':{},'id':7}",
			"{'d':{'x':{'id':1},'id':2},'id':7}", "{'d':{'x':[1,{'id':1}]},'id':7}", "{'id':7,'d':{'id':1}}" })
	void nestedValuesAreNotTakenForLaterOnes(String frame) {
		String json = frame.replace('\'', '"');
		assertThat(matches("/d && /id = 7", json)).isTrue();
		assertThat(matches("/d/x || /id = 7", json)).isTrue();
		assertThat(matches("/d/x/3 || /id = 7", json)).isTrue();
		assertThat(matches("/d && /id = 1 || /id = 2", json)).isFalse();
	}

	@Test
	void rulesOfOthersAreRefused() {
		MessageMatcher other = MessageRules.builder().matcher("k", "/a");
		ParsedMessage frame = MessageRules.builder().build().read("{\"a\":1}");
		assertThatIllegalArgumentException().isThrownBy(() -> frame.matches(other));
	}

	@Test
	void nothingIsAddedAfterBuild() {
		MessageRules.Builder builder = MessageRules.builder();
		builder.build();
		assertThatIllegalStateException().isThrownBy(() -> builder.matcher("k", "/a"));
		assertThatIllegalStateException().isThrownBy(() -> builder.locator("k", "/a"));
		assertThatIllegalStateException().isThrownBy(builder::build);
	}

}
