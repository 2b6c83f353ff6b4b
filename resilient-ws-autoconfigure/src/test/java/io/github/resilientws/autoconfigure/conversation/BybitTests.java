package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/bybit.yml}.
 */
class BybitTests extends Conversation {

	@BeforeEach
	void start() {
		startFile("bybit.yml");
		this.client.connect();
	}

	@Test
	void subscribesOnEachConnection() {
		WebSocketSubscription book = this.client.subscribe("orderbook.1.BTCUSDT", Book.class, this.received::add);
		assertSent("""
				{"op":"subscribe","req_id":"1","args":["orderbook.1.BTCUSDT"]}""");
		server()
			.text("""
					{"success":true,"ret_msg":"","conn_id":"cf71d9ef-1d6b-4d1c-8d0a-9d5b5a5f0b0e","req_id":"1","op":"subscribe"}""");
		assertThat(book.active()).succeedsWithin(LIMIT);
		server()
			.text("""
					{"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT",\
					"b":[["16493.50","0.006"]],"a":[["16611.00","0.029"]],"u":18521288,"seq":7961638724},"cts":1672304484976}""");
		assertReceived(new Book("BTCUSDT", 18521288));

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"op":"subscribe","req_id":"1","args":["orderbook.1.BTCUSDT"]}""");
		book.close();
		assertSent("""
				{"op":"unsubscribe","req_id":"2","args":["orderbook.1.BTCUSDT"]}""");
	}

	@Test
	void refusals() {
		WebSocketSubscription unknown = this.client.subscribe("orderbook.1.XYZ", Book.class, this.received::add);
		CompletableFuture<Object> wrong = this.client.convertSendAndReceive("subscribe", List.of("nothing"),
				Object.class);
		assertSent("""
				{"op":"subscribe","req_id":"1","args":["orderbook.1.XYZ"]}""", """
				{"op":"subscribe","req_id":"2","args":["nothing"]}""");
		server().text("""
				{"success":false,"ret_msg":"error:handler not found,topic:orderbook.1.XYZ",\
				"conn_id":"cf71d9ef-1d6b-4d1c-8d0a-9d5b5a5f0b0e","req_id":"1","op":"subscribe"}""");
		server().text("""
				{"success":false,"ret_msg":"error:handler not found,topic:nothing",\
				"conn_id":"cf71d9ef-1d6b-4d1c-8d0a-9d5b5a5f0b0e","req_id":"2","op":"subscribe"}""");
		assertThat(refusal(unknown.active()).getPayload(String.class)).endsWith("topic:orderbook.1.XYZ");
		assertThat(refusal(wrong).getPayload(String.class)).endsWith("topic:nothing");
	}

	@Test
	void pings() {
		this.client.addListener((message) -> this.received.add(message.text()));
		advance(Duration.ofSeconds(20));
		assertSent("""
				{"op":"ping"}""");
		server().text("""
				{"success":true,"ret_msg":"pong","conn_id":"0970e817-426e-429a-a679-ff7f55e0b16a","op":"ping"}""");
		server().text("{}");
		assertReceived("{}");
		advance(Duration.ofSeconds(20));
		assertSent("""
				{"op":"ping"}""");
		advance(Duration.ofSeconds(10));
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	record Book(String s, long u) {

	}

}
