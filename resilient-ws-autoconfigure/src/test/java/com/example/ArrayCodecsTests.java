package com.example;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code docs/framing.md}.
 */
class ArrayCodecsTests {

	@Test
	void arrayOfMessagesIsOneFrame() throws Exception {
		try (TestWebSocketServer server = TestWebSocketServer.start();
				ConfigurableApplicationContext context = Contexts.run(WebApplicationType.NONE,
						"resilient-ws.clients.events: { url: '" + server.url() + "', framing: { codec: cometd } }",
						ArrayCodecs.class)) {
			List<String> received = new CopyOnWriteArrayList<>();
			ResilientWebSocketClient client = context.getBean(ResilientWebSocketClient.class);
			client.addListener((message) -> received.add(message.text()));
			client.connect().join();
			client.send("{\"channel\":\"/meta/connect\"}");
			server.seen().awaitText("[{\"channel\":\"/meta/connect\"}]", Duration.ofSeconds(30));
			server.last().push("[{\"a\":1},{\"b\":2}]");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> received.size() == 2);
			assertThat(received).containsExactly("{\"a\":1}", "{\"b\":2}");
		}
	}

}
