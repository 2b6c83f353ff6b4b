package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code socket.io.md}, with packets of Engine.IO 4 and Socket.IO 5.
 */
class SocketIoTests extends Conversation {

	private static final String OPEN = "0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[],\"pingInterval\":20000,"
			+ "\"pingTimeout\":15000,\"maxPayload\":1000000}";

	private static final String CONNECT = "40{\"token\":\"s3cret\"}";

	private static final String CONNECTED = "40{\"sid\":\"wZX3oN0bSVIhsaknAAAI\"}";

	@Test
	void logsInAgainAfterALoss() {
		startConnected();
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		connect();
		assertThat(this.client.isReady()).isTrue();
	}

	@Test
	void wrongTokenClosesTheConnection() {
		startShop("protocol: socket.io");
		this.client.connect();
		server().text(OPEN);
		server().text("44{\"message\":\"invalid token\"}");
		assertThat(server().closeCode()).isEqualTo(1008);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void requestIsAnsweredByItsAcknowledgement() {
		startConnected();
		CompletableFuture<Receipt> tea = order("tea \"green\"");
		CompletableFuture<InboundMessage> whole = this.client
			.sendAndReceive(OutboundMessage.of(7).withDestination("stock"));
		assertSent("421[\"order\",{\"item\":\"tea \\\"green\\\"\"}]", "422[\"stock\",7]");
		server().text("432[\"ok\",12]");
		server().text("431[{\"accepted\":true}]");
		assertThat(tea).succeedsWithin(LIMIT).isEqualTo(new Receipt(true));
		assertThat(whole).succeedsWithin(LIMIT)
			.extracting(InboundMessage::text)
			.isEqualTo("{\"type\":\"ack\",\"id\":2,\"data\":[\"ok\",12]}");
	}

	@Test
	void eventGoesToItsListenerAndAQuestionIsAcknowledged() {
		startConnected(Shop.class);
		server().text("42[\"news\",{\"title\":\"Sale\"}]");
		// acknowledgement ids of the server begin with 0
		server().text("420[\"price\",\"tea\"]");
		assertSent("430[3]");
		assertThat(bean(Shop.class).received).containsExactly(new News("Sale"));
	}

	@Test
	void failedAndUnknownQuestionsAreNotAcknowledged() {
		startConnected(Shop.class);
		server().text("421[\"price\",\"gold\"]");
		server().text("422[\"weather\"]");
		server().text("423[\"price\",\"tea\"]");
		assertSent("433[3]");
	}

	@Test
	void eventWithoutAcknowledgement() {
		startConnected();
		this.client.convertAndSend("seen", List.of(1, 2));
		assertSent("42[\"seen\",[1,2]]");
	}

	@Test
	void serverWithoutPingsIsLostAfterTheTimesThatItSent() {
		startConnected();
		server().text("2");
		assertSent("3");
		advance(Duration.ofSeconds(35).minusMillis(1));
		assertThat(this.client.isReady()).isTrue();
		advance(Duration.ofMillis(1));
		assertThat(this.client.isReady()).isFalse();
	}

	@Test
	void disconnectOfTheServerIsFollowedByANewLogIn() {
		startConnected();
		server().text("41");
		assertThat(server().closeCode()).isEqualTo(1000);
		advance(Duration.ofSeconds(60));
		connect();
	}

	@Test
	void eventIsSentAgainUntilItsAcknowledgement() {
		startShop("at-least-once");
		this.client.connect();
		connect();
		CompletableFuture<Delivery> delivery = this.client.convertAndSend("order", Map.of("item", "tea"));
		String event = nextSent(1).get(0);
		assertThat(event).matches("42[0-9]{16}\\[\"order\",\\{\"item\":\"tea\"}]");
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		connect();
		assertSent(event);
		server().text("43" + event.substring(2, 18) + "[]");
		assertThat(delivery).succeedsWithin(LIMIT);
	}

	private void startConnected(Class<?>... sources) {
		startShop("protocol: socket.io", sources);
		this.client.connect();
		connect();
	}

	private void startShop(String part, Class<?>... sources) {
		property("SHOP_TOKEN", "s3cret");
		startPage("socket.io.md", part, sources);
	}

	private void connect() {
		assertSent();
		server().text(OPEN);
		assertSent(CONNECT);
		server().text(CONNECTED);
	}

	private CompletableFuture<Receipt> order(String item) {
		return this.client.convertSendAndReceive("order", Map.of("item", item), Receipt.class);
	}

	static class Shop {

		private final List<News> received = new CopyOnWriteArrayList<>();

		@WebSocketListener(client = "shop", when = "/data/0 = news", payload = "/data/1")
		void news(News news) {
			this.received.add(news);
		}

		@WebSocketListener(client = "shop", when = "/data/0 = price && /id", payload = "/data/1")
		int price(String item) {
			return Map.of("tea", 3).get(item);
		}

	}

	record News(String title) {

	}

	record Receipt(boolean accepted) {

	}

}
