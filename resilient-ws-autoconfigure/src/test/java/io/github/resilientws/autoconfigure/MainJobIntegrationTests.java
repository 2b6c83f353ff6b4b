package io.github.resilientws.autoconfigure;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketConnectingEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketHeartbeatMissedEvent;
import io.github.resilientws.event.WebSocketMessageDroppedEvent;
import io.github.resilientws.event.WebSocketMessageReceivedEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From ten lines of configuration to messages and events, against a real server.
 */
class MainJobIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void tenLinesOfConfigurationMakeAReadyClientThatSendsAndListens() throws Exception {
		this.server.on("hello").reply("welcome").answerPings();
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      url: %s
				      heartbeat: { mode: text, send: '{"type":"PING"}', await: /type = PONG }
				      session:
				        steps:
				          - { send: hello, await: welcome }
				      queue: { capacity: 100 }
				""", Chat.class)) {
			Chat chat = context.getBean(Chat.class);
			assertThat(chat.byName).isSameAs(chat.byQualifier).isSameAs(chat.byBeanName);
			assertThat(context.getBean(ResilientWebSocketClients.class).get("chat")).isSameAs(chat.byName);
			assertThat(chat.byName.awaitReady(LIMIT)).isTrue();
			assertThat(chat.byName.convertAndSend(new Message("message", "hi"))).succeedsWithin(LIMIT);
			this.server.seen().awaitText("{\"type\":\"message\",\"text\":\"hi\"}", LIMIT);
			this.server.open()
				.push(List.of("{\"type\":\"message\",\"text\":\"one\"}", "{\"type\":\"other\"}",
						"{\"type\":\"message\",\"text\":\"two\"}"));
			this.server.open().push(ByteBuffer.wrap(new byte[] { 1, 2 }));
			Awaitility.await().atMost(LIMIT).until(() -> chat.raw.size() == 4);
			assertThat(chat.messages).containsExactly(new Message("message", "one"), new Message("message", "two"));
		}
		assertThat(this.server.seen().closes()).containsExactly(1000);
		assertThat(this.server.seen().violations()).isEmpty();
	}

	@Test
	void eventsTellTheLifeOfAClientInOrder() {
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      url: %s
				      reconnect: { initial-delay: 100ms, jitter: none, max-attempts: 3 }
				""", EventLog.class)) {
			EventLog log = context.getBean(EventLog.class);
			awaitNames(log, "Connecting", "Connected", "Ready");
			this.server.open().push("hello");
			awaitLast(log, "MessageReceived");
			assertThat(log.of(WebSocketMessageReceivedEvent.class).get(0).getPayload()).isEqualTo("hello");
			this.server.once().refuse(503);
			this.server.open().close(1001, "going away");
			Awaitility.await().atMost(LIMIT).until(() -> log.names().size() == 11);
			assertThat(log.names()).containsExactly("Connecting", "Connected", "Ready", "MessageReceived",
					"Disconnected", "ReconnectScheduled", "Connecting", "ReconnectScheduled", "Connecting", "Connected",
					"Ready");
			assertThat(log.of(WebSocketDisconnectedEvent.class).get(0).getCause())
				.isEqualTo(new DisconnectCause.Closed(1001, "going away", true));
			assertThat(log.of(WebSocketConnectingEvent.class)).extracting("attempt").containsExactly(1, 2, 3);
			assertThat(log.of(WebSocketReconnectScheduledEvent.class)).extracting("attempt").containsExactly(2, 3);
			assertThat(log.of(WebSocketReconnectScheduledEvent.class)).extracting("delay")
				.containsExactly(Duration.ofMillis(100), Duration.ofMillis(150));
			this.server.open().reset();
			awaitLast(log, "ReconnectFailed");
			assertThat(log.of(WebSocketReconnectFailedEvent.class).get(0).getAttempts()).isEqualTo(3);
			assertThat(log.names()).hasSize(13);
		}
	}

	@Test
	void closingTheContextPublishesTheEndOfTheClient() {
		EventLog log;
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }",
				EventLog.class)) {
			log = context.getBean(EventLog.class);
			awaitNames(log, "Connecting", "Connected", "Ready");
		}
		assertThat(log.names()).containsExactly("Connecting", "Connected", "Ready", "Disconnected", "Closed");
	}

	@Test
	void droppedMessagesAndMissedHeartbeatsArePublished() {
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      url: %s
				      auto-startup: false
				      heartbeat: { interval: 300ms, timeout: 100ms, max-missed: 2 }
				      queue: { capacity: 1 }
				""", EventLog.class)) {
			EventLog log = context.getBean(EventLog.class);
			ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
			chat.send("kept");
			assertThat(chat.send("refused")).failsWithin(LIMIT);
			awaitLast(log, "MessageDropped");
			assertThat(log.of(WebSocketMessageDroppedEvent.class).get(0).getReason()).hasToString("REJECTED");
			assertThat(chat.connect()).succeedsWithin(LIMIT);
			this.server.open().goSilent();
			Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketReconnectScheduledEvent.class).isEmpty());
			assertThat(log.of(WebSocketHeartbeatMissedEvent.class)).extracting("missed").containsExactly(1, 2);
			assertThat(log.of(WebSocketDisconnectedEvent.class).get(0).getCause())
				.isEqualTo(new DisconnectCause.HeartbeatLost());
		}
	}

	@Test
	void messagesBecomeEventsOnlyWhenAsked() throws Exception {
		try (ConfigurableApplicationContext context = run(
				"""
						resilient-ws:
						  defaults: { url: '%s' }
						  clients: { asked: { publish-messages: always }, unasked: { publish-messages: never }, auto: { auto-startup: true } }
						""",
				NoEvents.class, Plain.class)) {
			Plain plain = context.getBean(Plain.class);
			for (ResilientWebSocketClient client : context.getBean(ResilientWebSocketClients.class)) {
				assertThat(client.awaitReady(LIMIT)).isTrue();
			}
			this.server.open().push("x");
			this.server.open().push("y");
			NoEvents any = context.getBean(NoEvents.class);
			// the event of a message comes before the next message of its client
			Awaitility.await().atMost(LIMIT).until(() -> plain.texts.size() == 6 && any.clients.size() >= 2);
			assertThat(any.clients).containsExactly("asked", "asked");
		}
	}

	private ConfigurableApplicationContext run(String yaml, Class<?>... sources) {
		return Contexts.run(WebApplicationType.NONE, yaml.formatted(this.server.url()), sources);
	}

	private static void awaitNames(EventLog log, String... names) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(log.names()).containsExactly(names));
	}

	private static void awaitLast(EventLog log, String name) {
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(log.names()).endsWith(name));
	}

	record Message(String type, String text) {

	}

	static class Chat {

		final ResilientWebSocketClient byName;

		final ResilientWebSocketClient byQualifier;

		final ResilientWebSocketClient byBeanName;

		final List<Message> messages = new CopyOnWriteArrayList<>();

		final List<InboundMessage> raw = new CopyOnWriteArrayList<>();

		Chat(@WebSocketClientName("chat") ResilientWebSocketClient byName,
				@Qualifier("chatWebSocketClient") ResilientWebSocketClient byQualifier,
				ResilientWebSocketClient chatWebSocketClient) {
			this.byName = byName;
			this.byQualifier = byQualifier;
			this.byBeanName = chatWebSocketClient;
		}

		@WebSocketListener(client = "chat", when = "/type = message")
		void on(Message message) {
			this.messages.add(message);
		}

		@WebSocketListener
		void all(InboundMessage message) {
			this.raw.add(message);
		}

	}

	static class NoEvents {

		final List<String> clients = new CopyOnWriteArrayList<>();

		@EventListener
		void any(Object event) {
			if (event instanceof WebSocketMessageReceivedEvent received) {
				this.clients.add(received.getClientName());
			}
		}

	}

	static class Plain {

		final List<String> texts = new CopyOnWriteArrayList<>();

		@WebSocketListener
		void on(String text) {
			this.texts.add(text);
		}

	}

}
