package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketConnectingEvent;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client of the application's own WebSocket endpoint.
 */
class OwnServerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void clientFindsTheServerOfItsOwnApplicationAtTheFirstAttempt() throws Exception {
		ResilientWebSocketClient chat;
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.SERVLET,
				"resilient-ws: { clients: { chat: { queue: { capacity: 10 } } } }", EchoServer.class, EventLog.class)) {
			chat = context.getBean(ResilientWebSocketClient.class);
			assertThat(chat.awaitReady(LIMIT)).isTrue();
			chat.send("hello");
			EventLog log = context.getBean(EventLog.class);
			await().atMost(LIMIT).until(() -> !log.of(WebSocketMessageReceivedEvent.class).isEmpty());
			assertThat(log.of(WebSocketMessageReceivedEvent.class).get(0).getPayload()).isEqualTo("echo of hello");
			assertThat(log.of(WebSocketConnectingEvent.class)).hasSize(1);
		}
		assertThat(chat.isReady()).isFalse();
	}

	@Test
	void clientIsNotConnectedWithoutAutoStartup() {
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.SERVLET,
				"resilient-ws: { clients: { chat: { auto-startup: false } } }", EchoServer.class, EventLog.class)) {
			assertThat(context.getBean(EventLog.class).events).isEmpty();
			assertThat(context.getBean(ResilientWebSocketClient.class).connect()).succeedsWithin(LIMIT);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class EchoServer {

		@Bean
		WebSocketConfigurer endpoint() {
			return (registry) -> registry.addHandler(new Echo(), "/chat");
		}

		@Bean
		HandshakeCustomizer ownServer(Environment environment) {
			return (handshake) -> handshake
				.setUrl(URI.create("ws://localhost:" + environment.getRequiredProperty("local.server.port") + "/chat"));
		}

	}

	static class Echo extends TextWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			session.sendMessage(new TextMessage("echo of " + message.getPayload()));
		}

	}

}
