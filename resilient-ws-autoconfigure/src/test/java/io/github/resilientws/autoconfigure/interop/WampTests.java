package io.github.resilientws.autoconfigure.interop;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * npm {@code fox-wamp}.
 */
class WampTests extends ProtocolContractTests {

	WampTests() {
		super("wamp", """
				peer:
				  url: ws://127.0.0.1:${port}/wamp
				  values: { realm: interop }
				  heartbeat: { interval: 300ms, timeout: 250ms, max-missed: 2 }
				  delivery: { envelope: '[16,{{id}},{"exclude_me":false},{{destination}},[{{payload}}]]' }
				  session:
				    steps:
				      - send: '[1,{{realm}},{"roles":{"publisher":{},"subscriber":{},"caller":{},"callee":{}}}]'
				        await: /0 = 2
				        fail-on: [ { when: /0 = 3, action: stop } ]
				      - send: '[64,{{id}},{},"greeting"]'
				""", "wamp", Greeter.class);
	}

	@Override
	void request() throws Exception {
		assertThat(call("add", List.of(40, 2), Integer.class)).isEqualTo(42);
	}

	@Test
	void refusedRequestFailsWithTheWordsOfTheServer() {
		assertThat(refusal("subtract", List.of(40, 2), String.class)).isEqualTo("wamp.error.no_such_procedure");
	}

	@Test
	void questionOfTheServerIsAnswered() throws Exception {
		assertThat(call("greeting", List.of("Ann"), String.class)).isEqualTo("Hello Ann");
	}

	@Override
	void awaitEvent() throws Exception {
		String text = UUID.randomUUID().toString();
		client().convertAndSend("prices", text).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		awaitEvent(text::equals);
	}

	@Override
	void subscribe() throws Exception {
		subscribe("prices", String.class);
	}

	static class Greeter {

		@WebSocketListener(client = "peer", when = "/0 = 68", payload = "/4/0")
		String greet(String name) {
			return "Hello " + name;
		}

	}

}
