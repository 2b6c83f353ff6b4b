package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/deribit.yml}.
 */
class DeribitTests extends Conversation {

	@BeforeEach
	void start() {
		property("DERIBIT_KEY", "fo7WAPRm4P");
		property("DERIBIT_SECRET", "W0H6FJW4IRPZ1MOQ8FP6KMC5RZDUUKXS");
		startFile("deribit.yml");
		this.client.connect();
	}

	@Test
	void logsIn() {
		logIn();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void wrongKeyIsRefused() {
		server().text("""
				{"jsonrpc":"2.0","id":1,"error":{"message":"invalid_credentials","code":13004}}""");
		assertThat(server().closeCode()).isEqualTo(1008);
	}

	@Test
	void questionsOfTheServerAreAnsweredAndTheRepliesHidden() {
		logIn();
		this.client.addListener((message) -> this.received.add(message.text()));
		server().text("""
				{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}""");
		assertSent("""
				{"jsonrpc":"2.0","id":3,"method":"public/test"}""");
		server().text("""
				{"jsonrpc":"2.0","id":3,"result":{"version":"1.2.26"}}""");
		String heartbeat = """
				{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"heartbeat"}}""";
		server().text(heartbeat);
		assertReceived(heartbeat);
		advance(Duration.ofSeconds(90));
		assertThat(server().pings()).isEmpty();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void callsHaveReplies() {
		logIn();
		CompletableFuture<Position> position = this.client.convertSendAndReceive("private/get_position",
				Map.of("instrument_name", "BTC-PERPETUAL"), Position.class);
		CompletableFuture<Object> unknown = this.client.convertSendAndReceive("private/nothing", Map.of(),
				Object.class);
		assertSent(
				"""
						{"jsonrpc":"2.0","id":3,"method":"private/get_position","params":{"instrument_name":"BTC-PERPETUAL"}}""",
				"""
						{"jsonrpc":"2.0","id":4,"method":"private/nothing","params":{}}""");
		server().text("""
				{"jsonrpc":"2.0","id":4,"error":{"message":"Method not found","code":-32601}}""");
		server().text("""
				{"jsonrpc":"2.0","id":3,"result":{"direction":"buy","size":50.0}}""");
		assertThat(position).succeedsWithin(LIMIT).isEqualTo(new Position("buy"));
		assertThat(refusal(unknown).getPayload(Refusal.class).code()).isEqualTo(-32601);
	}

	@Test
	void subscribesOnEachConnection() {
		logIn();
		WebSocketSubscription orders = this.client.subscribe("user.orders.BTC-PERPETUAL.raw", Order.class,
				this.received::add);
		assertSent(
				"""
						{"jsonrpc":"2.0","id":3,"method":"private/subscribe","params":{"channels":["user.orders.BTC-PERPETUAL.raw"]}}""");
		server().text("""
				{"jsonrpc":"2.0","id":3,"result":["user.orders.BTC-PERPETUAL.raw"]}""");
		assertThat(orders.active()).succeedsWithin(LIMIT);
		server().text("""
				{"jsonrpc":"2.0","method":"subscription","params":{"channel":"user.orders.BTC-PERPETUAL.raw",\
				"data":{"order_id":"4008699","order_state":"open"}}}""");
		assertReceived(new Order("4008699"));

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		logIn();
		assertSent(
				"""
						{"jsonrpc":"2.0","id":3,"method":"private/subscribe","params":{"channels":["user.orders.BTC-PERPETUAL.raw"]}}""");
		orders.close();
		assertSent(
				"""
						{"jsonrpc":"2.0","id":4,"method":"private/unsubscribe","params":{"channels":["user.orders.BTC-PERPETUAL.raw"]}}""");
	}

	private void logIn() {
		assertSent("""
				{"jsonrpc":"2.0","id":1,"method":"public/auth","params":{"grant_type":"client_credentials",\
				"client_id":"fo7WAPRm4P","client_secret":"W0H6FJW4IRPZ1MOQ8FP6KMC5RZDUUKXS"}}""");
		server().text("""
				{"jsonrpc":"2.0","id":1,"result":{"access_token":"1582628593469.1MbQ-J_4","expires_in":31536000,\
				"scope":"connection mainaccount","token_type":"bearer"}}""");
		assertSent("""
				{"jsonrpc":"2.0","id":2,"method":"public/set_heartbeat","params":{"interval":30}}""");
		server().text("""
				{"jsonrpc":"2.0","id":2,"result":"ok"}""");
	}

	record Position(String direction) {

	}

	record Refusal(int code, String message) {

	}

	record Order(String order_id) {

	}

}
