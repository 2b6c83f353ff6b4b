package com.example;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.test.RecordingWebSocketClient;

import static org.assertj.core.api.Assertions.assertThat;

class GreeterTests {

	private final RecordingWebSocketClient client = new RecordingWebSocketClient("chat");

	private final Greeter greeter = new Greeter(this.client);

	@Test
	void greetsEveryMember() {
		this.client.receive("joined: Ada");
		assertThat(this.client.sentPayloads()).containsExactly("Hello Ada");
		assertThat(this.greeter.lost).isZero();
	}

	@Test
	void countsGreetingsThatAreLost() {
		this.client.failSends(Reason.EXPIRED);
		this.client.receive("joined: Ada");
		assertThat(this.greeter.lost).isOne();
	}

	static class Greeter {

		int lost;

		Greeter(ResilientWebSocketClient client) {
			client.addListener(
					(message) -> client.send(message.text().replace("joined:", "Hello")).exceptionally((failure) -> {
						this.lost++;
						return null;
					}));
		}

	}

}
