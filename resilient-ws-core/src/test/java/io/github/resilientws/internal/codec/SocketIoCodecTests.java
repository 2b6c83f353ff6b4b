package io.github.resilientws.internal.codec;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SocketIoCodecTests {

	private final SocketIoCodec codec = new SocketIoCodec();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0{"sid":"a","pingInterval":25000} | {"type":"open","data":{"sid":"a","pingInterval":25000}}
			1                                 | {"type":"close"}
			2                                 | {"type":"ping"}
			2probe                            | {"type":"ping","data":"probe"}
			3                                 | {"type":"pong"}
			40{"sid":"b"}                     | {"type":"connect","data":{"sid":"b"}}
			40                                | {"type":"connect"}
			40/admin,{"sid":"b"}              | {"type":"connect","nsp":"/admin","data":{"sid":"b"}}
			40/admin                          | {"type":"connect","nsp":"/admin"}
			41                                | {"type":"disconnect"}
			41/admin,                         | {"type":"disconnect","nsp":"/admin"}
			42["news",{"a":1}]                | {"type":"event","data":["news",{"a":1}]}
			4212["ask"]                       | {"type":"event","id":12,"data":["ask"]}
			42/,["news"]                      | {"type":"event","data":["news"]}
			42/admin,0["ask"]                 | {"type":"event","nsp":"/admin","id":0,"data":["ask"]}
			4312["ok"]                        | {"type":"ack","id":12,"data":["ok"]}
			431763812345678901["ok"]          | {"type":"ack","id":1763812345678901,"data":["ok"]}
			43/a"b,7[]                        | {"type":"ack","nsp":"/a\\"b","id":7,"data":[]}
			44{"message":"no"}                | {"type":"connect_error","data":{"message":"no"}}
			44"no"                            | {"type":"connect_error","data":"no"}
			""")
	void packetBecomesJson(String packet, String json) {
		assertThat(this.codec.decode(packet)).containsExactly(json);
		assertThat(JsonReader.isValue(json)).isTrue();
	}

	@Test
	void noopIsNoMessage() {
		assertThat(this.codec.decode("6")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0[]", "0{", "1x", "4", "40[]", "41{}", "42", "42{}", "42[", "42[1]x", "42x[1]",
			"43[]", "43x", "44", "451-[\"a\",{\"_placeholder\":true,\"num\":0}]", "461-1[]", "47", "5", "7", "x",
			"bAQI=", "42/admin[\"a\"]", "4299999999999999999999[\"a\"]", "hello", "{}" })
	void refusesWhatIsNoPacket(String text) {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> this.codec.decode(text));
	}

	@Test
	void refusesBinaryAttachments() {
		assertThatExceptionOfType(FramingException.class)
			.isThrownBy(() -> this.codec.decode(ByteBuffer.wrap(new byte[] { '2' })))
			.withMessageContaining("attachments");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"type":"connect","data":{"token":"t"}}               | 40{"token":"t"}
			{"type":"connect"}                                    | 40
			{"type":"connect","nsp":"/","data":null}              | 40
			{"type":"connect","nsp":"/admin","data":{}}           | 40/admin,{}
			{"type":"event","data":["a", {"b": 1}]}               | 42["a", {"b": 1}]
			{"data":["a"],"id":12,"type":"event"}                 | 4212["a"]
			{"type":"event","nsp":"/admin","id":"0","data":["a"]} | 42/admin,0["a"]
			{"type":"ack","id":3,"data":[null]}                   | 433[null]
			{"type":"ping"}                                       | 2
			{"type":"pong"}                                       | 3
			{"type":"pong","data":"probe"}                        | 3probe
			{"type":"disconnect","nsp":"/admin"}                  | 41/admin,
			""")
	void jsonBecomesAPacket(String json, String packet) {
		assertThat(this.codec.encode(json)).isEqualTo(packet);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "hello", "[]", "{}", "{\"type\":1}", "{\"type\":\"open\"}",
			"{\"type\":\"event\"}", "{\"type\":\"event\",\"data\":{}}", "{\"type\":\"event\",\"data\":\"[1]\"}",
			"{\"type\":\"event\",\"id\":-1,\"data\":[1]}", "{\"type\":\"event\",\"id\":1.5,\"data\":[1]}",
			"{\"type\":\"event\",\"id\":\"1a\",\"data\":[1]}", "{\"type\":\"ack\",\"data\":[1]}",
			"{\"type\":\"connect\",\"data\":[]}", "{\"type\":\"connect\",\"nsp\":\"admin\"}",
			"{\"type\":\"connect\",\"nsp\":\"/a,b\"}", "{\"type\":\"connect\",\"auth\":{}}", "{\"type\":\"ping\"}{}" })
	void refusesToSendWhatIsNoPacket(String json) {
		assertThatExceptionOfType(FramingException.class).isThrownBy(() -> this.codec.encode(json));
	}

}
