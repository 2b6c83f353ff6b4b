package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/kraken.yml} and {@code kraken-private.yml}.
 */
class KrakenTests extends Conversation {

	private static final OutboundMessage TICKER = OutboundMessage.of(Map.of("symbol", List.of("ALGO/USD")))
		.withDestination("ticker");

	@Test
	void subscribesOnEachConnection() {
		startFile("kraken.yml");
		this.client.connect();
		WebSocketSubscription ticker = this.client.subscribe(TICKER, (message) -> this.received.add(message.text()));
		assertSent("""
				{"method":"subscribe","params":{"channel":"ticker","symbol":["ALGO/USD"]},"req_id":1}""");
		server().text("""
				{"method":"subscribe","result":{"channel":"ticker","snapshot":true,"symbol":"ALGO/USD"},"success":true,\
				"time_in":"2023-09-25T09:04:31.742599Z","time_out":"2023-09-25T09:04:31.742648Z","req_id":1}""");
		assertThat(ticker.active()).succeedsWithin(LIMIT);
		String update = """
				{"channel":"ticker","type":"update","data":[{"symbol":"ALGO/USD","bid":0.1025,"ask":0.10273,"last":0.10275}]}""";
		server().text(update);
		assertReceived(update);

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"method":"subscribe","params":{"channel":"ticker","symbol":["ALGO/USD"]},"req_id":1}""");
		ticker.close();
		assertSent("""
				{"method":"unsubscribe","params":{"channel":"ticker","symbol":["ALGO/USD"]},"req_id":2}""");
	}

	@Test
	void unknownSymbolIsRefused() {
		startFile("kraken.yml");
		this.client.connect();
		WebSocketSubscription ticker = this.client.subscribe(TICKER, (message) -> this.received.add(message.text()));
		server()
			.text("""
					{"error":"Currency pair not supported ALGO/USD","method":"subscribe","req_id":1,"success":false,\
					"symbol":"ALGO/USD","time_in":"2023-09-25T09:04:31.742599Z","time_out":"2023-09-25T09:04:31.742648Z"}""");
		assertThat(refusal(ticker.active()).getPayload(String.class)).isEqualTo("Currency pair not supported ALGO/USD");
	}

	@Test
	void pings() {
		startFile("kraken.yml");
		this.client.addListener((message) -> this.received.add(message.text()));
		this.client.connect();
		advance(Duration.ofSeconds(30));
		assertSent("""
				{"method":"ping","req_id":1}""");
		server()
			.text("""
					{"method":"pong","req_id":1,"time_in":"2023-09-24T14:10:23.799685Z","time_out":"2023-09-24T14:10:23.799703Z"}""");
		server().text("""
				{"channel":"heartbeat"}""");
		assertReceived("""
				{"channel":"heartbeat"}""");
		advance(Duration.ofSeconds(30));
		assertSent("""
				{"method":"ping","req_id":2}""");
	}

	@Test
	void ordersHaveTheTokenOfTheConnection() {
		startFile("kraken-private.yml", Account.class);
		this.client.connect();
		assertSent("""
				{"method":"subscribe","params":{"channel":"executions","token":"token 1"},"req_id":1}""");
		CompletableFuture<Order> order = this.client.convertSendAndReceive("cancel_order",
				Map.of("order_id", List.of("OM5CRX-N2HAL-GFGWE9")), Order.class);
		assertSent(
				"""
						{"method":"cancel_order","params":{"token":"token 1","order_id":["OM5CRX-N2HAL-GFGWE9"]},"req_id":2}""");
		server().text("""
				{"method":"cancel_order","req_id":2,"result":{"order_id":"OM5CRX-N2HAL-GFGWE9"},"success":true,\
				"time_in":"2023-09-21T14:36:57.428972Z","time_out":"2023-09-21T14:36:57.437952Z"}""");
		assertThat(order).succeedsWithin(LIMIT).isEqualTo(new Order("OM5CRX-N2HAL-GFGWE9"));
		server().text("""
				{"channel":"executions","type":"update","data":[{"order_id":"OM5CRX-N2HAL-GFGWE9"}],"sequence":8}""");
		eventually(() -> assertThat(bean(Account.class).executions).containsExactly(order.join()));

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"method":"subscribe","params":{"channel":"executions","token":"token 2"},"req_id":1}""");
	}

	record Order(String order_id) {

	}

	static class Account {

		private final List<Order> executions = new CopyOnWriteArrayList<>();

		private int tokens;

		@Bean
		HandshakeCustomizer token() {
			// the result of POST https://api.kraken.com/0/private/GetWebSocketsToken
			return (handshake) -> handshake.setValue("token", "token " + ++this.tokens);
		}

		@WebSocketListener(client = "kraken-private", subscribe = "executions")
		void executions(List<Order> executions) {
			this.executions.addAll(executions);
		}

	}

}
