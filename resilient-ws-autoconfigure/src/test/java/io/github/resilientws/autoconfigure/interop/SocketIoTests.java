package io.github.resilientws.autoconfigure.interop;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * npm {@code socket.io}.
 */
class SocketIoTests extends ProtocolContractTests {

	SocketIoTests() {
		super("socketio", """
				peer:
				  protocol: ${protocols}socket.io.yaml
				  url: ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket
				  session:
				    auto-replies:
				      - { when: /type = ping, send: '{"type":"pong"}' }
				      - { when: '/data/0 = question && /id', send: '{"type":"ack","id":{{/id}},"data":[42]}' }
				stranger:
				  protocol: ${protocols}socket.io.yaml
				  url: ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket
				  values: { auth: '{"token":"bad"}' }
				  auto-startup: false
				""");
	}

	@Override
	void request() throws Exception {
		Order order = new Order("tea \"green\"", 2);
		assertThat(call("order", order, Receipt.class)).isEqualTo(new Receipt(true, order));
	}

	@Override
	void awaitEvent() throws Exception {
		awaitHeard((text) -> text.contains("\"tick\""));
	}

	@Override
	boolean beats() {
		return false;
	}

	@Test
	void questionOfTheServerIsAnswered() throws Exception {
		client().convertAndSend("question", 7).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		awaitHeard((text) -> text.equals("{\"type\":\"event\",\"data\":[\"answered\",42]}"));
	}

	@Test
	void wrongTokenIsRefused() {
		assertStrangerIsRefused("Closed 1008 by us: session step 2 was refused");
	}

	record Order(String item, int count) {

	}

	record Receipt(boolean accepted, Order order) {

	}

}
