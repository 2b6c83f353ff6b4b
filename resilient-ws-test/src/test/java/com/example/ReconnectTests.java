package com.example;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

class ReconnectTests {

	@Test
	void sendsMessagesOfAnOutageAfterwards() throws Exception {
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			ResilientWebSocketClient client = ResilientWebSocketClient.builder("chat", server.url())
				.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1, Duration.ofMillis(100)))
				.build();
			client.connect().get();
			server.stop();
			Awaitility.await().until(() -> !client.isReady());
			client.send("hello");
			server.restart();
			server.seen().awaitText("hello", Duration.ofSeconds(10));
			assertThat(server.seen().violations()).isEmpty();
			client.disconnect().get();
		}
	}

}
