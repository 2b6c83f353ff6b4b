package consumer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

/**
 * Sends one message.
 */
public final class Main {

	private Main() {
	}

	public static void main(String[] args) throws Exception {
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			ResilientWebSocketClient client = ResilientWebSocketClient.builder("consumer", server.url()).build();
			client.connect();
			if (!client.awaitReady(Duration.ofSeconds(30))) {
				throw new IllegalStateException("Not ready: " + client.getStatus());
			}
			System.out.println("Sent: " + client.send("hello").get(30, TimeUnit.SECONDS).id());
			client.disconnect().get(30, TimeUnit.SECONDS);
		}
	}

}
