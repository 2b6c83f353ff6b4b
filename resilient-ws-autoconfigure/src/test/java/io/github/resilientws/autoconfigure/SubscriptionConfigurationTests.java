package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketSubscriptionEvent;
import io.github.resilientws.settings.SubscriptionSettings;
import io.github.resilientws.settings.SubscriptionSettings.Action;
import io.github.resilientws.settings.SubscriptionSettings.OnMessage;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys below {@code subscription}, and listeners that subscribe.
 */
class SubscriptionConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@RegisterExtension
	final CapturedLog log = new CapturedLog(ResilientWebSocketClient.class, Level.WARN);

	@Test
	void keysAreReadAndShownWithoutTemplates() {
		Contexts.yaml(Contexts.real(), client("""
				subscription: { send: 'sub {{destination}}', await: /ok, cancel: 'unsub {{key}}', key: /name,
				  message-key: /n, payload: /d, timeout: 5s,
				  on-message: [ { when: /end, action: end }, { when: /gone, action: renew } ] }""")).run((context) -> {
			assertThat(subscription(context))
				.isEqualTo(new SubscriptionSettings("sub {{destination}}", "/ok", "unsub {{key}}", "/name", "/n", "/d",
						List.of(new OnMessage("/end", Action.END), new OnMessage("/gone", Action.RENEW)),
						Duration.ofSeconds(5)));
			assertThat(shown(context)).isEqualTo(Map.of("send", "******", "await", "/ok", "cancel", "******", "key",
					"/name", "message-key", "/n", "payload", "/d", "on-message",
					List.of(Map.of("when", "/end", "action", "end"), Map.of("when", "/gone", "action", "renew")),
					"timeout", "PT5S"));
		});
	}

	@Test
	void emptyAwaitIsNotAbsent() {
		Contexts.yaml(Contexts.real(), client("subscription: { send: 'sub', await: '' }"))
			.run((context) -> assertThat(subscription(context).await()).isEmpty());
		Contexts.yaml(Contexts.real(), client("subscription: { send: 'sub' }"))
			.run((context) -> assertThat(subscription(context).await()).isNull());
	}

	@Test
	void clientOverridesDefaultsLeafByLeaf() {
		Contexts
			.yaml(Contexts.real(),
					"""
							resilient-ws:
							  defaults: { subscription: { send: 'a', await: /x, timeout: 1s } }
							  clients: { chat: { url: 'ws://localhost', auto-startup: false, subscription: { send: 'b', await: '' } } }
							""")
			.run((context) -> assertThat(subscription(context)).isEqualTo(
					SubscriptionSettings.DEFAULTS.withSend("b").withAwait("").withTimeout(Duration.ofSeconds(1))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					subscription: { send: 'a {{id}}' } | subscription.send | {{id}} | needs request.reply.id, the locator of the id in the reply, or subscription.await
					subscription: { send: a, cancel: 'b {{id}}' } | subscription.cancel | {{id}} | needs request.reply.id
					subscription: { send: a, key: /n } | subscription.key | /n | needs subscription.message-key, the locator of the key in a message
					subscription: { send: 'a {{id}}', await: '', key: id } | subscription.key | id | needs subscription.message-key
					subscription: { send: a, key: id, message-key: /id } | subscription.key | id | needs {{id}} in subscription.send
					subscription: { send: a, key: name, message-key: /id } | subscription.key | name | must be destination, id, or a locator in the confirmation
					subscription: { send: a, cancel: 'b {{key}}' } | subscription.cancel | {{key}} | use {{destination}}
					subscription: { timeout: 0 } | subscription.timeout | 0 | 0 is not allowed
					subscription: { send: 'a {{' } | subscription.send | "" | {{ without }}
					subscription: { send: a, cancel: '{{/x}}' } | subscription.cancel | {{/x}} | no message is answered here
					subscription: { send: a, await: '/a &&' } | subscription.await | /a && | something must follow
					subscription: { send: a, message-key: x } | subscription.message-key | x | a locator must be a JSON pointer
					subscription: { send: a, payload: x } | subscription.payload | x | a locator must be a JSON pointer
					subscription: { send: a, on-message: [ { when: /a, action: end } ] } | subscription.on-message[0].when | /a | needs subscription.message-key, the locator of the key in a message
					subscription: { on-message: [ { when: /a, action: retry } ] } | subscription.on-message[0].action | retry | one of end, fail, renew
					""")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		Failures.assertNamesSetting(yaml, key, value, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{ action: end } | on-message[0].when' is not valid   | is missing; needed is the matcher of the message
			{ when: /a }    | on-message[0].action' is not valid | is missing; allowed are end, fail and renew
			""")
	void missingPartIsNamed(String rule, String key, String reason) {
		Contexts.yaml(Contexts.real(), client("subscription: { on-message: [ " + rule + " ] }"))
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("'resilient-ws.clients.chat.subscription." + key)
				.contains(reason));
	}

	@Test
	void listenerWithoutATemplateStopsTheApplication() {
		Contexts.yaml(Contexts.real().withBean(Heads.class), client("compression: false")).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(Failures.analyze(context.getStartupFailure()).getDescription()).contains("Heads.on(Integer)")
				.contains("'chat'")
				.contains("resilient-ws.clients.chat.subscription.send");
		});
	}

	@Test
	void listenerThatIsNeverCalledIsLogged() {
		Contexts.yaml(Contexts.real().withBean(Heads.class), client("subscription: { send: '{{destination}}' }"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("[chat] subscription.message-key is missing: no message is assigned to a subscription, so"
					+ " methods with subscribe are never called");
	}

	@Test
	void listenerSubscribesOnEachConnectionAndProblemsAreEvents() {
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			server.on("/sub = heads-main").then((peer, text) -> {
				peer.push("{\"id\":1,\"result\":\"x\"}");
				peer.push("{\"on\":\"x\",\"data\":17}");
			});
			server.on("/sub = denied").reply("{\"id\":2,\"error\":1}");
			String yaml = """
					network: main
					resilient-ws:
					  clients:
					    chat:
					      url: '%s'
					      reconnect: { initial-delay: 100ms }
					      request: { reply: { when: /result, id: /id }, error: { when: /error } }
					      subscription: { send: '{"id":{{id}},"sub":{{destination}}}', key: /result, message-key: /on, payload: /data }
					"""
				.formatted(server.url());
			try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.NONE, yaml, Heads.class,
					EventLog.class)) {
				Heads heads = context.getBean(Heads.class);
				Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(heads.numbers).containsExactly(17));
				context.getBean(ResilientWebSocketClient.class).subscribe("denied", (message) -> {
				});
				EventLog log = context.getBean(EventLog.class);
				Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketSubscriptionEvent.class).isEmpty());
				WebSocketSubscriptionEvent event = log.of(WebSocketSubscriptionEvent.class).get(0);
				assertThat(event.getStatus()).isEqualTo(SubscriptionStatus.REFUSED);
				assertThat(event.getDestination()).isEqualTo("denied");
				server.last().reset();
				Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(heads.numbers).containsExactly(17, 17));
			}
		}
	}

	private static String client(String yaml) {
		return "resilient-ws: { clients: { chat: { url: 'ws://localhost', auto-startup: false, " + yaml + " } } }";
	}

	private static SubscriptionSettings subscription(ApplicationContext context) {
		return context.getBean(ClientConfigurations.class).get("chat").settings().subscription();
	}

	private static Object shown(ApplicationContext context) {
		return context.getBean(ClientConfigurations.class)
			.describe(context.getBean(ResilientWebSocketClient.class))
			.get("subscription");
	}

	static class Heads {

		final List<Integer> numbers = new CopyOnWriteArrayList<>();

		@WebSocketListener(client = "chat", subscribe = "heads-${network:test}")
		void on(Integer number) {
			this.numbers.add(number);
		}

	}

}
