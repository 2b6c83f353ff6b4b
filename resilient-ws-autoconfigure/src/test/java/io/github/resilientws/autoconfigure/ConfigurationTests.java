package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.resilientws.FakeBuilder;
import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.settings.StoreSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How properties become the settings of a client.
 */
class ConfigurationTests {

	private static final String TWO = """
			resilient-ws:
			  defaults:
			    headers: { X-Tenant: shared, Authorization: shared }
			    values: { a: '1', b: '2' }
			    subprotocols: [ v1, v2 ]
			    connect-timeout: 3s
			    max-message-size: 1MB
			    max-frame-size: 32KB
			    reconnect: { max-delay: 20s, on-close: { 1008: stop, 4000-4099: retry-slow } }
			    heartbeat: { mode: text, send: '{"type":"PING"}', await: /type = PONG, interval: 20s }
			    queue: { max-bytes: 1MB, overflow: drop-oldest }
			    session: { steps: [ { send: hello, await: /welcome, fail-on: [ { when: /error } ] } ] }
			  clients:
			    plain: { url: 'wss://plain.example.com/ws' }
			    own:
			      url: wss://own.example.com/ws
			      headers: { authorization: own }
			      values: { b: '3' }
			      subprotocols: []
			      reconnect: { max-delay: 10s, on-close: { 1008: retry } }
			      heartbeat: { mode: ping, interval: 0 }
			      queue: { max-bytes: 0 }
			      session: { steps: [ { await: /ok } ] }
			""";

	@Test
	void clientTakesWhatItDoesNotSetFromTheDefaults() {
		run(TWO, (clients) -> {
			FakeBuilder plain = builder(clients, "plain");
			assertThat(plain.settings.urls()).containsExactly(URI.create("wss://plain.example.com/ws"));
			assertThat(plain.settings.headers()).containsOnly(Map.entry("X-Tenant", "shared"),
					Map.entry("Authorization", "shared"));
			assertThat(plain.settings.subprotocols()).containsExactly("v1", "v2");
			assertThat(plain.settings.connectTimeout()).hasSeconds(3);
			assertThat(plain.settings.closeTimeout()).hasSeconds(5);
			assertThat(plain.settings.maxMessageSize()).isEqualTo(1024 * 1024);
			assertThat(plain.settings.maxFrameSize()).isEqualTo(32 * 1024);
			assertThat(plain.settings.reconnect().maxDelay()).hasSeconds(20);
			assertThat(plain.settings.reconnect().multiplier()).isEqualTo(1.5);
			assertThat(plain.settings.heartbeat().mode()).isEqualTo(HeartbeatSettings.Mode.TEXT);
			assertThat(plain.settings.session().steps().get(0).failOn().get(0).action())
				.isEqualTo(ReconnectAction.REFRESH);
		});
	}

	@Test
	void clientOverridesLeafByLeafReplacesListsAndMergesMaps() {
		run(TWO, (clients) -> {
			FakeBuilder own = builder(clients, "own");
			assertThat(own.settings.headers()).containsOnly(Map.entry("X-Tenant", "shared"),
					Map.entry("authorization", "own"));
			assertThat(own.settings.values()).containsOnly(Map.entry("a", "1"), Map.entry("b", "3"));
			assertThat(own.settings.subprotocols()).isEmpty();
			assertThat(own.settings.connectTimeout()).hasSeconds(3);
			assertThat(own.settings.reconnect().maxDelay()).hasSeconds(10);
			assertThat(own.settings.reconnect().onClose()).containsOnly(Map.entry("1008", ReconnectAction.RETRY),
					Map.entry("4000-4099", ReconnectAction.RETRY_SLOW));
			assertThat(own.settings.heartbeat().send()).isEmpty();
			assertThat(own.settings.heartbeat().isEnabled()).isFalse();
			assertThat(own.settings.queue().maxBytes()).isZero();
			assertThat(own.settings.session().steps()).hasSize(1);
			assertThat(own.settings.session().steps().get(0).send()).isEmpty();
		});
	}

	@Test
	void sessionTakesCapturesLeafByLeafAndAllKeysOfSteps() {
		run("""
				resilient-ws:
				  defaults:
				    session:
				      captures: { a: { from: /a, when: /x }, b: { from: /b } }
				  clients:
				    one:
				      url: ws://a
				      heartbeat: { interval-from: /i, timeout-from: /t, unit: s }
				      session:
				        captures: { a: { from: /c }, lastSeq: { from: /s } }
				        steps:
				          - if: a
				            unless: lastSeq
				            send: x
				            hidden: false
				            fail-on: [ { when: /p, action: repeat, after: 5s }, { when: /r, action: reset }, { when: /d } ]
				        auto-replies: [ { when: /q, send: y, hidden: false } ]
				""",
				(clients) -> {
					FakeBuilder one = builder(clients, "one");
					assertThat(one.settings.session().captures()).isEqualTo(Map.of("a", new Capture("/c", "/x"), "b",
							new Capture("/b", ""), "lastSeq", new Capture("/s", "")));
					assertThat(one.settings.session().steps()).containsExactly(new Step(
							"x", "", List.of(FailOn.repeat("/p", Duration.ofSeconds(5)),
									new FailOn("/r", ReconnectAction.RESET), new FailOn("/d", ReconnectAction.REFRESH)),
							"a", "lastSeq", false));
					assertThat(one.settings.session().autoReplies()).containsExactly(new AutoReply("/q", "y", false));
					assertThat(one.settings.heartbeat()).isEqualTo(HeartbeatSettings.DEFAULTS.withIntervalFrom("/i")
						.withTimeoutFrom("/t")
						.withUnit(HeartbeatSettings.Unit.S));
				});
	}

	@Test
	void deliveryAndStoreAreLaidOverTheDefaultsLeafByLeaf() {
		run("""
				resilient-ws:
				  defaults:
				    delivery:
				      guarantee: at-least-once
				      ack-timeout: 2s
				      nack: { when: /type = nack, reason: /why }
				      id-type: sequence
				    queue: { directory: outbox, sync: always }
				  clients:
				    memory: { url: 'ws://a', delivery: { guarantee: at-most-once, nack: { when: '' , id: /of } } }
				    file:
				      url: ws://b
				      delivery: { window: 1, max-attempts: 5, envelope: '{{id}} {{payload}}', id: /key }
				      queue: { store: file, sync-interval: 2ms }
				""", (clients) -> {
			FakeBuilder memory = builder(clients, "memory");
			assertThat(memory.settings.delivery())
				.isEqualTo(DeliverySettings.DEFAULTS.withAckTimeout(Duration.ofSeconds(2))
					.withNack("", "/of", "/why")
					.withEnvelope(DeliverySettings.DEFAULTS.envelope(), DeliverySettings.IdType.SEQUENCE));
			assertThat(memory.settings.queue().store())
				.isEqualTo(StoreSettings.MEMORY.withDirectory(Path.of("outbox")).withSync(StoreSettings.Sync.ALWAYS));
			FakeBuilder file = builder(clients, "file");
			assertThat(file.settings.delivery()).isEqualTo(DeliverySettings.DEFAULTS.atLeastOnce()
				.withAckTimeout(Duration.ofSeconds(2))
				.withNack("/type = nack", "", "/why")
				.withWindow(1)
				.withMaxAttempts(5)
				.withId("/key")
				.withEnvelope("{{id}} {{payload}}", DeliverySettings.IdType.SEQUENCE));
			assertThat(file.settings.queue().store()).isEqualTo(StoreSettings.file(Path.of("outbox"))
				.withSync(StoreSettings.Sync.ALWAYS)
				.withSyncInterval(Duration.ofMillis(2)));
		});
	}

	@Test
	void emptyConfigurationDeliversAtMostOnceFromMemory() {
		run("resilient-ws: { clients: { x: { url: 'ws://a' } } }", (clients) -> {
			assertThat(builder(clients, "x").settings.delivery()).isEqualTo(DeliverySettings.DEFAULTS);
			assertThat(builder(clients, "x").settings.queue()).isEqualTo(QueueSettings.DEFAULTS);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			window: 2                       | window: 2                 | /type = ack | /messageId
			window: 2                       | ack: { id: /id }          | ""          | /id
			ack: { id: /id }                | window: 2                 | ""          | /id
			ack: { when: /a }               | ack: { id: /id }          | /a          | /id
			window: 2                       | ack: { when: /a }         | /a          | /messageId
			window: 2                       | ack: { when: '' }         | ""          | /messageId
			ack: { when: /a, id: /b }       | ack: { when: '' }         | ""          | /b
			ack: { id: /b }                 | ack: { when: /a }         | /a          | /b
			ack: { when: '' }               | ack: { id: /id }          | ""          | /id
			""")
	void idOfAcknowledgementsAloneIsTheMatch(String defaults, String client, String when, String id) {
		run("""
				resilient-ws:
				  defaults: { delivery: { %s } }
				  clients: { x: { url: 'ws://a', delivery: { %s } } }
				""".formatted(defaults, client), (clients) -> {
			assertThat(builder(clients, "x").settings.delivery().ack().when()).isEqualTo(when);
			assertThat(builder(clients, "x").settings.delivery().ack().id()).isEqualTo(id);
		});
	}

	@Test
	void urlOfAClientReplacesUrlsOfTheDefaults() {
		run("resilient-ws: { defaults: { urls: [ 'ws://a', 'ws://b' ] }, clients: { x: { url: 'ws://c' }, y: { auto-startup: false } } }",
				(clients) -> {
					assertThat(builder(clients, "x").settings.urls()).containsExactly(URI.create("ws://c"));
					assertThat(builder(clients, "y").settings.urls()).hasSize(2);
				});
	}

	@Test
	void environmentVariableBelongsToTheClientSpelledWithDashes() {
		ApplicationContextRunner runner = variables(Map.of("RESILIENTWS_CLIENTS_CHATEU_URL", "ws://variable"));
		Contexts.yaml(runner, "resilient-ws: { clients: { chat-eu: { url: 'ws://file', connect-timeout: 2s } } }")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ResilientWebSocketClients.class)).hasSize(1);
				FakeBuilder builder = builder(context.getBean(ResilientWebSocketClients.class), "chat-eu");
				assertThat(builder.settings.urls()).containsExactly(URI.create("ws://variable"));
				assertThat(builder.settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
			});
	}

	@Test
	void environmentVariableAloneMakesAClient() {
		variables(Map.of("RESILIENTWS_CLIENTS_CHAT_URL", "ws://variable")).run((context) -> {
			assertThat(context).hasBean("chatWebSocketClient");
			assertThat(builder(context.getBean(ResilientWebSocketClients.class), "chat").settings.urls()).hasSize(1);
		});
	}

	@Test
	void unknownEnvironmentVariableIsIgnored() {
		variables(Map.of("RESILIENTWS_CLIENTS_CHAT_COLOUR", "red", "RESILIENTWS_FLAVOUR", "sweet")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ResilientWebSocketClients.class)).isEmpty();
		});
	}

	private static ApplicationContextRunner variables(Map<String, Object> variables) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return Contexts.fake()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(name, new SystemEnvironmentPropertySource(name, variables)));
	}

	private static void run(String yaml, Consumer<ResilientWebSocketClients> check) {
		Contexts.yaml(Contexts.fake(), yaml).run((context) -> {
			assertThat(context).hasNotFailed();
			check.accept(context.getBean(ResilientWebSocketClients.class));
		});
	}

	private static FakeBuilder builder(ResilientWebSocketClients clients, String name) {
		return ((FakeClient) clients.get(name)).builder;
	}

}
