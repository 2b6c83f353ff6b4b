package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/coinbase-advanced.yml}.
 */
class CoinbaseAdvancedTests extends Conversation {

	private static final String HEARTBEAT = """
			{"channel":"heartbeats","client_id":"","timestamp":"2023-06-23T20:31:26.122969572Z","sequence_num":0,\
			"events":[{"current_time":"2023-06-23 20:31:56.121961769 +0000 UTC m=+91717.525857105","heartbeat_counter":"3049"}]}""";

	@BeforeEach
	void start() {
		startFile("coinbase-advanced.yml", Account.class);
		this.client.connect();
	}

	@Test
	void everySubscriptionHasATokenOfItsOwn() {
		assertSent("""
				{"type":"subscribe","channel":"heartbeats","jwt":"jwt 1"}""");
		OutboundMessage orders = OutboundMessage.of(Map.of("product_ids", List.of("BTC-USD"))).withDestination("user");
		WebSocketSubscription user = this.client.subscribe(orders, (message) -> this.received.add(message.text()));
		assertSent("""
				{"type":"subscribe","channel":"user","jwt":"jwt 2","product_ids":["BTC-USD"]}""");
		String event = """
				{"channel":"user","client_id":"","timestamp":"2023-02-09T20:33:57.609931463Z","sequence_num":1,\
				"events":[{"type":"snapshot","orders":[]}]}""";
		server().text(event);
		assertReceived(event);

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"type":"subscribe","channel":"heartbeats","jwt":"jwt 3"}""", """
				{"type":"subscribe","channel":"user","jwt":"jwt 4","product_ids":["BTC-USD"]}""");
		user.close();
		assertSent("""
				{"type":"unsubscribe","channel":"user","jwt":"jwt 5","product_ids":["BTC-USD"]}""");
	}

	@Test
	void connectionWithoutHeartbeatsOfTheServerIsLost() {
		advance(Duration.ofSeconds(1));
		server().text(HEARTBEAT);
		eventually(() -> assertThat(bean(Account.class).heartbeats).isEqualTo("3049"));
		advance(Duration.ofSeconds(14));
		assertThat(server().pings()).isEmpty();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
		advance(Duration.ofSeconds(1));
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	static class Account {

		private volatile String heartbeats;

		private int tokens;

		@Bean
		HandshakeCustomizer signer() {
			// signed with the key of the account, for each text
			return (handshake) -> handshake.setValue("jwt", (values) -> "jwt " + ++this.tokens);
		}

		@WebSocketListener(client = "coinbase-advanced", subscribe = "heartbeats")
		void heartbeats(List<Map<String, String>> events) {
			this.heartbeats = events.get(0).get("heartbeat_counter");
		}

	}

}
