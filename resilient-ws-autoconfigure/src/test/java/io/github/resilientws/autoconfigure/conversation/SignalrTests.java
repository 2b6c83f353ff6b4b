package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code signalr.md}, with the messages of the hub protocol's
 * specification.
 */
class SignalrTests extends Conversation {

	private static final String END = "\u001e";

	private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}" + END;

	private static final String PING = "{\"type\":6}" + END;

	@Test
	void shakesHands() {
		startConnected();
		assertThat(server().request().headers()).containsEntry("Authorization", "Bearer s3cret");
		assertThat(this.client.isReady()).isTrue();
	}

	@Test
	void unknownProtocolStopsTheClient() {
		startHub("protocol: signalr");
		this.client.connect();
		server().text("{\"error\":\"Requested protocol 'json' is not available.\"}" + END);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	@Test
	void invocationsAreCompleted() {
		startConnected();
		CompletableFuture<Integer> sum = this.client.convertSendAndReceive("Add", List.of(40, 2), Integer.class);
		CompletableFuture<Void> nothing = this.client.convertSendAndReceive("Clear", null, Void.class);
		CompletableFuture<Integer> failed = this.client.convertSendAndReceive("Fail", null, Integer.class);
		assertSent("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Add\",\"arguments\":[40,2]}" + END,
				"{\"type\":1,\"invocationId\":\"2\",\"target\":\"Clear\",\"arguments\":[]}" + END,
				"{\"type\":1,\"invocationId\":\"3\",\"target\":\"Fail\",\"arguments\":[]}" + END);
		server().text("{\"type\":3,\"invocationId\":\"2\"}" + END + "{\"type\":3,\"invocationId\":\"1\",\"result\":42}"
				+ END);
		server().text("{\"type\":3,\"invocationId\":\"3\",\"error\":\"It didn't work!\"}" + END);
		assertThat(sum).succeedsWithin(LIMIT).isEqualTo(42);
		assertThat(nothing).succeedsWithin(LIMIT);
		assertThat(refusal(failed).getPayload(String.class)).isEqualTo("It didn't work!");
	}

	@Test
	void invocationsOfTheServer() {
		startConnected(Desk.class);
		server().text("{\"type\":1,\"target\":\"Show\",\"arguments\":[\"hello\"]}" + END);
		server().text("{\"type\":1,\"invocationId\":\"s1\",\"target\":\"Price\",\"arguments\":[\"tea\"]}" + END);
		assertSent("{\"type\":3,\"invocationId\":\"s1\",\"result\":3}" + END);
		assertThat(bean(Desk.class).shown).isEqualTo("hello");
		server().text("{\"type\":1,\"invocationId\":\"s2\",\"target\":\"Price\",\"arguments\":[\"gold\"]}" + END);
		assertSent("{\"type\":3,\"invocationId\":\"s2\",\"error\":\"internal error\"}" + END);
		server().text("{\"type\":1,\"invocationId\":\"s3\",\"target\":\"Nothing\",\"arguments\":[]}" + END);
		assertSent("{\"type\":3,\"invocationId\":\"s3\",\"error\":\"not supported\"}" + END);
	}

	@Test
	void streamBeginsAgainOnEachConnectionAndIsCancelled() {
		startConnected();
		WebSocketSubscription counter = stream();
		assertSent(stream(1));
		server().text("{\"type\":2,\"invocationId\":\"1\",\"item\":0}" + END
				+ "{\"type\":2,\"invocationId\":\"1\",\"item\":1}" + END);
		assertReceived(0, 1);
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent(HANDSHAKE);
		server().text("{}" + END);
		assertSent(stream(1));
		counter.close();
		assertSent("{\"type\":5,\"invocationId\":\"1\"}" + END);
	}

	@Test
	void serverCompletesAStream() {
		startConnected();
		WebSocketSubscription finished = stream();
		server()
			.text("{\"type\":2,\"invocationId\":\"1\",\"item\":0}" + END + "{\"type\":3,\"invocationId\":\"1\"}" + END);
		assertReceived(0);
		assertThat(finished.isActive()).isFalse();
		WebSocketSubscription failed = stream();
		server().text("{\"type\":3,\"invocationId\":\"2\",\"error\":\"Ran out of data!\"}" + END);
		assertThat(failed.isActive()).isFalse();
	}

	@Test
	void pingsOfAnIdleServerKeepTheConnection() {
		startConnected();
		// a server pings when it has sent nothing for 15 s, and looks once a second
		for (int ping = 0; ping < 20; ping++) {
			advance(Duration.ofMillis(15_900));
			server().text(PING);
			assertThat(this.client.isReady()).isTrue();
		}
		assertThat(nextSent(20)).containsOnly(PING);
		advance(Duration.ofSeconds(44));
		assertThat(this.client.isReady()).isFalse();
	}

	@Test
	void closeMessageSaysWhetherToReconnect() {
		startConnected();
		server().text("{\"type\":7,\"error\":\"Server shutting down\",\"allowReconnect\":true}" + END);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
		advance(Duration.ofSeconds(1));
		assertSent(HANDSHAKE);
		server().text("{}" + END + "{\"type\":7}" + END);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	@Test
	void invocationIsSentAgainUntilItsCompletion() {
		startConnected("at-least-once");
		CompletableFuture<Delivery> delivery = this.client
			.send(OutboundMessage.of(List.of(17)).withDestination("Order").withId("order-17"));
		String invocation = "{\"type\":1,\"invocationId\":\"order-17\",\"target\":\"Order\",\"arguments\":[17]}" + END;
		assertSent(invocation);
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		server().text("{}" + END);
		assertSent(HANDSHAKE, invocation);
		server().text("{\"type\":3,\"invocationId\":\"order-17\"}" + END);
		assertThat(delivery).succeedsWithin(LIMIT);
	}

	private void startConnected(Class<?>... sources) {
		startConnected("protocol: signalr", sources);
	}

	private void startConnected(String part, Class<?>... sources) {
		startHub(part, sources);
		this.client.connect();
		assertSent(HANDSHAKE);
		server().text("{}" + END);
	}

	private void startHub(String part, Class<?>... sources) {
		property("HUB_TOKEN", "s3cret");
		startPage("signalr.md", part, sources);
	}

	private WebSocketSubscription stream() {
		return this.client.subscribe(OutboundMessage.of(List.of(5)).withDestination("Counter"),
				(message) -> this.received
					.add(Integer.parseInt(message.text().replaceAll(".*\"item\":(\\d+)}", "$1"))));
	}

	private static String stream(int id) {
		return "{\"type\":4,\"invocationId\":\"" + id + "\",\"target\":\"Counter\",\"arguments\":[5]}" + END;
	}

	static class Desk {

		private volatile String shown;

		@WebSocketListener(client = "hub", when = "/type = 1 && /target = Show", payload = "/arguments/0")
		void show(String text) {
			this.shown = text;
		}

		@WebSocketListener(client = "hub", when = "/type = 1 && /target = Price", payload = "/arguments/0")
		int price(String item) {
			if (!item.equals("tea")) {
				throw new IllegalArgumentException(item);
			}
			return 3;
		}

	}

}
