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
 * {@code docs/protocols/binance.yml}.
 */
class BinanceTests extends Conversation {

	@BeforeEach
	void start() {
		startFile("binance.yml");
		this.client.connect();
	}

	@Test
	void subscribesAgainAfterTheShutdownOfAServer() {
		WebSocketSubscription trades = this.client.subscribe("btcusdt@aggTrade", Trade.class, this.received::add);
		assertSent("""
				{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}""");
		server().text("""
				{"result":null,"id":1}""");
		assertThat(trades.active()).succeedsWithin(LIMIT);
		server().text("""
				{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1672515782136,"s":"BTCUSDT","a":12345,\
				"p":"0.001","q":"100","f":100,"l":105,"T":1672515782136,"m":true,"M":true}}""");
		assertReceived(new Trade(12345, "0.001"));

		server().text("""
				{"e":"serverShutdown","E":1770123456789}""");
		assertThat(server().closeCode()).isEqualTo(1000);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"method":"SUBSCRIBE","params":["btcusdt@aggTrade"],"id":1}""");
		server().text("""
				{"result":null,"id":1}""");
		trades.close();
		assertSent("""
				{"method":"UNSUBSCRIBE","params":["btcusdt@aggTrade"],"id":2}""");
	}

	@Test
	void requestsHaveReplies() {
		CompletableFuture<Boolean> combined = this.client.convertSendAndReceive("GET_PROPERTY", List.of("combined"),
				Boolean.class);
		CompletableFuture<Object> unknown = this.client.convertSendAndReceive("GET_PROPERTY", List.of("combine"),
				Object.class);
		assertSent("""
				{"method":"GET_PROPERTY","params":["combined"],"id":1}""", """
				{"method":"GET_PROPERTY","params":["combine"],"id":2}""");
		server().text("""
				{"result":true,"id":1}""");
		server().text("""
				{"code":0,"msg":"Unknown property","id":2}""");
		assertThat(combined).succeedsWithin(LIMIT).isEqualTo(true);
		assertThat(refusal(unknown).getPayload(String.class)).isEqualTo("Unknown property");
	}

	@Test
	void connectionWithoutPingsOfTheServerIsLostAfterAMinute() {
		advance(Duration.ofSeconds(20));
		server().bytes();
		advance(Duration.ofSeconds(59));
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
		advance(Duration.ofSeconds(1));
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
		assertSent();
	}

	record Trade(long a, String p) {

	}

}
