package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContext;

import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.settings.ClientSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings by {@code protocol}.
 */
class ProtocolConfigurationTests {

	@TempDir
	private Path directory;

	@Test
	void clientOverridesItsProtocolAndTheProtocolOverridesTheDefaultsLeafByLeaf() throws IOException {
		String file = file("""
				subprotocols: [ a, b ]
				values: { init: '{}', other: x }
				heartbeat: { mode: text, send: ping, interval: 7s, timeout: 6s }
				request: { send: '{{id}}', reply: { id: /id } }
				""");
		Contexts.yaml(Contexts.real(), """
				resilient-ws:
				  defaults: { heartbeat: { interval: 9s, timeout: 8s, max-missed: 3 }, connect-timeout: 4s }
				  clients:
				    chat:
				      url: ws://localhost
				      protocol: '%s'
				      values: { init: own }
				      heartbeat: { timeout: 2s }
				    plain: { url: 'ws://localhost' }
				""".formatted(file)).run((context) -> {
			ClientSettings chat = settings(context, "chat");
			assertThat(chat.subprotocols()).containsExactly("a", "b");
			assertThat(chat.values()).isEqualTo(Map.of("init", "own", "other", "x"));
			assertThat(chat.heartbeat().send()).isEqualTo("ping");
			assertThat(chat.heartbeat().interval()).isEqualTo(Duration.ofSeconds(7));
			assertThat(chat.heartbeat().timeout()).isEqualTo(Duration.ofSeconds(2));
			assertThat(chat.heartbeat().maxMissed()).isEqualTo(3);
			assertThat(chat.connectTimeout()).isEqualTo(Duration.ofSeconds(4));
			ClientSettings plain = settings(context, "plain");
			assertThat(plain.subprotocols()).isEmpty();
			assertThat(plain.heartbeat().interval()).isEqualTo(Duration.ofSeconds(9));
		});
	}

	@Test
	void protocolOfTheDefaultsAppliesToClientsCreatedAtRunTime() throws IOException {
		String file = file("""
				subprotocols: [ desk ]
				values: { room: '${test.room}', desk: a }
				headers: { X-Desk: a }
				heartbeat: { interval: 7s, timeout: 6s }
				""");
		Contexts.yaml(Contexts.fake(), """
				test.room: 12
				resilient-ws:
				  defaults:
				    protocol: '%s'
				    heartbeat: { interval: 9s, max-missed: 3 }
				    values: { desk: b }
				    headers: { x-desk: b }
				""".formatted(file)).run((context) -> {
			FakeClient client = (FakeClient) context.getBean(ResilientWebSocketClients.class)
				.create("tenant", (builder) -> builder.urls(List.of(URI.create("ws://localhost")))
					.heartbeat((heartbeat) -> heartbeat.withTimeout(Duration.ofSeconds(2))));
			ClientSettings settings = client.builder.settings;
			assertThat(settings.subprotocols()).containsExactly("desk");
			assertThat(settings.values()).isEqualTo(Map.of("room", "12", "desk", "a"));
			assertThat(settings.headers().values()).containsExactly("a");
			assertThat(settings.heartbeat().interval()).isEqualTo(Duration.ofSeconds(7));
			assertThat(settings.heartbeat().timeout()).isEqualTo(Duration.ofSeconds(2));
			assertThat(settings.heartbeat().maxMissed()).isEqualTo(3);
		});
	}

	@Test
	void protocolOfTheDefaultsIsTakenBackByAnEmptyText() throws IOException {
		String file = file("subprotocols: [ a ]");
		Contexts.yaml(Contexts.real(), """
				resilient-ws:
				  defaults: { url: 'ws://localhost', protocol: '%s' }
				  clients: { chat: { auto-startup: false }, plain: { protocol: '' } }
				""".formatted(file)).run((context) -> {
			assertThat(settings(context, "chat").subprotocols()).containsExactly("a");
			assertThat(settings(context, "plain").subprotocols()).isEmpty();
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			json-rpc  |
			socket.io |
			ocpp      | boot: '{}'
			stomp     |
			signalr   |
			phoenix   |
			centrifugo | token: t
			graphql-transport-ws |
			""")
	void protocolsOfThisLibraryAreComplete(String protocol, @Nullable String values) {
		Contexts.yaml(Contexts.real(), """
				resilient-ws:
				  clients:
				    chat: { url: 'ws://localhost', auto-startup: false, protocol: %s, values: { %s } }
				""".formatted(protocol, (values != null) ? values : "other: x")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(settings(context, "chat").request().send()).contains("{{id}}");
		});
	}

	@Test
	void unknownProtocolIsRefusedWithTheAllowedOnes() {
		Failures.assertDescribes("resilient-ws: { clients: { chat: { url: 'ws://a', protocol: jsonrpc } } }",
				"'resilient-ws.clients.chat.protocol' is not valid");
		Failures.assertDescribes("resilient-ws: { clients: { chat: { url: 'ws://a', protocol: jsonrpc } } }",
				"allowed are json-rpc, ");
		Failures.assertDescribes("resilient-ws: { clients: { chat: { url: 'ws://a', protocol: jsonrpc } } }",
				"or classpath: or file: and the location of a YAML file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/none.yaml", "classpath:none.yaml" })
	void missingFileIsRefused(String location) {
		Failures.assertDescribes("resilient-ws: { clients: { chat: { url: 'ws://a', protocol: '" + location + "' } } }",
				"Reason: the file does not exist");
	}

	@Test
	void missingValueOfAProtocolIsNamed() throws IOException {
		FailureAnalysis analysis = Failures
			.analyze("resilient-ws: { clients: { chat: { url: 'ws://a', protocol: ocpp } } }");
		assertThat(analysis.getDescription()).isEqualTo("The setting 'resilient-ws.clients.chat.values.boot' is not"
				+ " valid:\n\n    Reason: is missing; session.steps[0].send of the protocol ocpp needs {{boot}}");
		assertThat(analysis.getAction()).isEqualTo("Set 'resilient-ws.clients.chat.values.boot'.");
		analysis = Failures.analyze(client(file("\nsession: { steps: [ { send: '{{pass}}' } ] }")));
		assertThat(analysis.getDescription()).contains("'resilient-ws.clients.chat.values.pass' is not valid")
			.contains("protocol.yaml] - 2:29")
			.contains("Reason: is missing; session.steps[0].send of the protocol file:");
	}

	@Test
	void wrongSettingsOfTheFileAreNamedWithTheirPlace() throws IOException {
		String unknown = file("heartbeat: { intervall: 3s }");
		Failures.assertDescribes(client(unknown), "'resilient-ws.clients.chat.heartbeat.intervall' is unknown");
		Failures.assertDescribes(client(unknown), "protocol.yaml");
		String wrong = file("\nmax-frame-size: 1B");
		Failures.assertDescribes(client(wrong), "'resilient-ws.clients.chat.max-frame-size' is not valid");
		Failures.assertDescribes(client(wrong), "2:17");
		Failures.assertDescribes(client(file("a: [")), "not a YAML file that can be read");
	}

	@Test
	void wrongProtocolOfTheDefaultsStopsTheApplicationAlthoughNoClientIsConfigured() throws IOException {
		Failures.assertDescribes("resilient-ws: { defaults: { protocol: jsonrpc } }",
				"'resilient-ws.defaults.protocol' is not valid");
		Failures.assertDescribes(
				"resilient-ws: { defaults: { protocol: '" + file("heartbeat: { intervall: 3s }") + "' } }",
				"'resilient-ws.defaults.heartbeat.intervall' is unknown");
	}

	private static String client(String file) {
		return "resilient-ws: { clients: { chat: { url: 'ws://a', protocol: '" + file + "' } } }";
	}

	private String file(String content) throws IOException {
		return Files.writeString(this.directory.resolve("protocol.yaml"), content).toUri().toString();
	}

	private static ClientSettings settings(ApplicationContext context, String client) {
		return context.getBean(ClientConfigurations.class).get(client).settings();
	}

}
