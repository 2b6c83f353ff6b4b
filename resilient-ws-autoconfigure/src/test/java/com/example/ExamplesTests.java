package com.example;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/programmatic-clients.md}.
 */
class ExamplesTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void tenantsComeAndGo() {
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.NONE,
				"resilient-ws.defaults.reconnect.max-delay: 20s", Tenants.class)) {
			Tenants tenants = context.getBean(Tenants.class);
			tenants.add("acme", this.server.url(), "key");
			tenants.say("acme", "hello");
			this.server.seen().awaitText("hello", LIMIT);
			assertThat(this.server.seen().handshakes().get(0).header("x-api-key")).isEqualTo("key");
			this.server.open().push("{\"type\":\"question\"}");
			this.server.seen().awaitText("{\"type\":\"answer\"}", LIMIT);
			assertThat(tenants.remove("acme")).succeedsWithin(LIMIT);
			assertThat(this.server.seen().closes()).containsExactly(1000);
		}
	}

	@Test
	void ordersSurviveWithoutBoot(@TempDir Path directory) throws Exception {
		this.server.stop();
		try (Orders orders = new Orders(this.server.url(), directory)) {
			orders.place("one kettle");
		}
		this.server.answerAcks();
		this.server.restart();
		try (Orders orders = new Orders(this.server.url(), directory)) {
			assertThat(orders.place("one cup")).succeedsWithin(LIMIT);
		}
		assertThat(this.server.seen().texts()).hasSize(2)
			.first(InstanceOfAssertFactories.STRING)
			.contains("one kettle");
	}

	@Test
	void feedWorksWithoutBoot() {
		this.server.on("subscribe ABC").reply("ABC 1.5");
		List<String> prices = new CopyOnWriteArrayList<>();
		URI url = this.server.url();
		try (Feed feed = new Feed(url, prices::add)) {
			feed.subscribe("ABC");
			Awaitility.await().atMost(LIMIT).until(() -> prices.contains("ABC 1.5"));
		}
		assertThat(this.server.seen().closes()).containsExactly(1000);
	}

}
