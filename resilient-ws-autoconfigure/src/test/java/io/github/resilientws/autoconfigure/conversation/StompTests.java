package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code stomp.md}, with the frames of RabbitMQ.
 */
class StompTests extends Conversation {

	private static final String CONNECT = "CONNECT\naccept-version:1.1,1.2\nhost:/\nlogin:desk\npasscode:s3cret\n"
			+ "heart-beat:10000,10000\n\n\0";

	private static final String CONNECTED = "CONNECTED\nserver:RabbitMQ/3.10.8\nsession:session-1\n"
			+ "heart-beat:10000,10000\nversion:1.2\n\n\0\n";

	private static final String SUBSCRIBE = "SUBSCRIBE\nid:%d\ndestination:/topic/prices\nack:auto\n\n\0";

	private static final String MESSAGE = "MESSAGE\nsubscription:%d\ndestination:/topic/prices\nmessage-id:T_1@@session-1@@1\n"
			+ "redelivered:false\ncontent-type:application/json\ncontent-length:27\n\n{\"symbol\":\"ACME\",\"bid\":1.5}\0\n";

	@Test
	void logsIn() {
		startConnected();
		assertThat(server().request().subprotocols()).containsExactly("v12.stomp", "v11.stomp");
		assertThat(this.client.isReady()).isTrue();
	}

	@Test
	void wrongPasscodeClosesTheConnection() {
		startBroker("protocol: stomp");
		this.client.connect();
		server().text("ERROR\nmessage:Bad CONNECT\ncontent-type:text/plain\nversion:1.0,1.1,1.2\ncontent-length:43\n\n"
				+ "Access refused for user 'desk' (PLAIN auth)\0\n");
		assertThat(server().closeCode()).isEqualTo(1008);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void subscriptionIsSentOnEachConnectionAndCancelled() {
		startConnected();
		WebSocketSubscription prices = this.client.subscribe("/topic/prices", Price.class, this.received::add);
		assertSent(SUBSCRIBE.formatted(1));
		server().text(MESSAGE.formatted(1));
		assertReceived(new Price("ACME", 1.5));

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		server().text(CONNECTED);
		assertSent(CONNECT, SUBSCRIBE.formatted(1));
		server().text(MESSAGE.formatted(1) + MESSAGE.formatted(1));
		assertReceived(new Price("ACME", 1.5), new Price("ACME", 1.5), new Price("ACME", 1.5));

		prices.close();
		assertSent("UNSUBSCRIBE\nid:1\n\n\0");
	}

	@Test
	void requestIsAnsweredByItsReceipt() {
		startConnected();
		CompletableFuture<Void> first = order("/queue/orders:new", 17);
		CompletableFuture<Void> second = order("/queue/orders:new", 18);
		assertSent(
				"SEND\ndestination:/queue/orders\\cnew\ncontent-type:application/json\nreceipt:1\n\n{\"number\":17}\0",
				"SEND\ndestination:/queue/orders\\cnew\ncontent-type:application/json\nreceipt:2\n\n{\"number\":18}\0");
		server().text("RECEIPT\nreceipt-id:2\n\n\0\nRECEIPT\nreceipt-id:1\n\n\0\n");
		assertThat(first).succeedsWithin(LIMIT);
		assertThat(second).succeedsWithin(LIMIT);
	}

	@Test
	void errorWithTheReceiptRefusesTheRequest() {
		startConnected();
		CompletableFuture<Void> order = order("/queue/closed", 17);
		server()
			.text("ERROR\nreceipt-id:1\nmessage:AMQ339016 Error\\cno address /queue/closed\ncontent-length:0\n\n\0\n");
		assertThat(refusal(order).getPayload(String.class)).isEqualTo("AMQ339016 Error:no address /queue/closed");
	}

	@Test
	void silentBrokerIsLostAfterTwoHeartbeats() {
		startConnected();
		advance(Duration.ofSeconds(10));
		assertSent("\n");
		server().text("\n");
		advance(Duration.ofSeconds(10));
		assertSent("\n");
		// a beat of the broker may come a second after the time-out of ours
		advance(Duration.ofSeconds(9));
		assertSent("\n");
		server().text("\n");
		advance(Duration.ofSeconds(10).plusSeconds(18));
		assertThat(this.client.isReady()).isFalse();
	}

	@Test
	void messageIsSentAgainUntilItsReceipt() {
		startBroker("at-least-once");
		connect();
		CompletableFuture<Delivery> delivery = this.client
			.send(OutboundMessage.of(Map.of("number", 17)).withDestination("/queue/orders").withId("order-17"));
		String send = "SEND\ndestination:/queue/orders\ncontent-type:application/json\nreceipt:order-17\n\n{\"number\":17}\0";
		assertSent(send);
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		server().text(CONNECTED);
		assertSent(CONNECT, send);
		server().text("RECEIPT\nreceipt-id:order-17\n\n\0\n");
		assertThat(delivery).succeedsWithin(LIMIT);
	}

	@Test
	void messageIsAcknowledgedWhenTheMethodHasReturned() {
		startPage("stomp.md", "client-individual", Orders.class);
		this.client.connect();
		server().text(CONNECTED);
		assertThat(nextSent(2)).endsWith("SUBSCRIBE\nid:1\ndestination:/queue/orders\nack:client-individual\n\n\0");
		String message = "MESSAGE\nsubscription:1\ndestination:/queue/orders\nmessage-id:m%1$d\nack:a%1$d\n\n{\"number\":%1$d}\0";
		server().text(message.formatted(17));
		assertSent("ACK\nid:a17\n\n\0");
		server().text(message.formatted(0));
		assertSent("NACK\nid:a0\n\n\0");
	}

	private void startConnected() {
		startBroker("protocol: stomp");
		connect();
	}

	private void startBroker(String part) {
		property("BROKER_PASSCODE", "s3cret");
		startPage("stomp.md", part);
	}

	private void connect() {
		this.client.connect();
		assertSent(CONNECT);
		server().text(CONNECTED);
	}

	private CompletableFuture<Void> order(String destination, int number) {
		return this.client.convertSendAndReceive(destination, Map.of("number", number), Void.class);
	}

	static class Orders {

		@WebSocketListener(client = "broker", subscribe = "/queue/orders")
		void order(Order order) {
			if (order.number() == 0) {
				throw new IllegalArgumentException();
			}
		}

	}

	record Order(int number) {

	}

	record Price(String symbol, double bid) {

	}

}
