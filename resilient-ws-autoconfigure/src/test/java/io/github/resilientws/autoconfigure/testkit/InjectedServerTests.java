package io.github.resilientws.autoconfigure.testkit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.test.context.EmbeddedWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test as users write it: JUnit calls the extension, and methods take the server as a
 * parameter.
 */
@SpringJUnitConfig
@DirtiesContext
@EmbeddedWebSocketServer(client = "chat")
class InjectedServerTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final ResilientWebSocketClient client;

	InjectedServerTests(@Autowired ResilientWebSocketClient client) {
		this.client = client;
	}

	@Test
	void oneMethod(@Autowired TestWebSocketServer server) throws Exception {
		sendsTheOnlyText(server);
	}

	@Test
	void anotherMethod(@Autowired TestWebSocketServer server) throws Exception {
		sendsTheOnlyText(server);
	}

	private void sendsTheOnlyText(TestWebSocketServer server) throws InterruptedException {
		assertThat(this.client.awaitReady(LIMIT)).isTrue();
		this.client.send("hello").join();
		server.seen().awaitText("hello", LIMIT);
		assertThat(server.seen().texts()).containsExactly("hello");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ResilientWebSocketAutoConfiguration.class)
	static class Application {

	}

}
