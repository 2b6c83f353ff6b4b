package io.github.resilientws.autoconfigure.interop;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * npm {@code socket.io}.
 */
class SocketIoTests extends ProtocolContractTests {

	SocketIoTests() {
		super("socketio", """
				peer:
				  protocol: socket.io
				  url: ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket
				stranger:
				  protocol: socket.io
				  url: ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket
				  values: { auth: '{"token":"bad"}' }
				  auto-startup: false
				""", Answers.class);
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
		assertStrangerIsRefused("Closed 1008 by us: session.steps[1] was refused");
	}

	static class Answers {

		@WebSocketListener(client = "peer", when = "/data/0 = question && /id", payload = "/data/1")
		int answer(int question) {
			return 6 * question;
		}

	}

	record Order(String item, int count) {

	}

	record Receipt(boolean accepted, Order order) {

	}

}
