package io.github.resilientws.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user reads who configured something wrong.
 */
class FailureTextsTests {

	private static final String CHAT = "resilient-ws.clients.chat.";

	static Stream<Arguments> wrongClientSettings() {
		return Stream.of(
				// not convertible
				wrong("connect-timeout: 5 apples", "connect-timeout", "5 apples",
						"a duration with a unit, such as 500ms"),
				wrong("reconnect: { initial-delay: soon }", "reconnect.initial-delay", "soon",
						"a duration with a unit"),
				wrong("reconnect: { max-attempts: many }", "reconnect.max-attempts", "many", "a whole number"),
				wrong("reconnect: { max-attempts: 99999999999 }", "reconnect.max-attempts", "99999999999",
						"up to 2147483647"),
				wrong("reconnect: { multiplier: twice }", "reconnect.multiplier", "twice", "a number, such as 1.5"),
				wrong("reconnect: { enabled: maybe }", "reconnect.enabled", "maybe", "true or false"),
				wrong("reconnect: { jitter: some }", "reconnect.jitter", "some", "one of full, none"),
				wrong("reconnect: { on-close: { 1008: giveup } }", "reconnect.on-close[1008]", "giveup",
						"one of retry, retry-slow, refresh, stop"),
				wrong("reconnect: { on-status: { 5xx: later } }", "reconnect.on-status.5xx", "later",
						"one of retry, retry-slow, refresh, stop"),
				wrong("heartbeat: { mode: loud }", "heartbeat.mode", "loud", "one of ping, text, passive, off"),
				wrong("queue: { overflow: burn }", "queue.overflow", "burn",
						"one of reject, drop-oldest, drop-newest, block"),
				wrong("queue: { max-bytes: big }", "queue.max-bytes", "big", "a size with a unit, such as 512KB"),
				wrong("max-message-size: 8 megs", "max-message-size", "8 megs", "a size with a unit"),
				wrong("publish-messages: sometimes", "publish-messages", "sometimes", "one of auto, always, never"),
				wrong("auto-startup: later", "auto-startup", "later", "true or false"),
				wrong("health: { critical: very }", "health.critical", "very", "true or false"),
				wrong("session: { steps: [ { await: /a, fail-on: [ { when: /b, action: cry } ] } ] }",
						"session.steps[0].fail-on[0].action", "cry", "one of retry, retry-slow, refresh, stop"),
				// not allowed
				wrong("connect-timeout: 5", "connect-timeout", "5ms", "is the unit missing?"),
				wrong("health: { grace-period: 60 }", "health.grace-period", "60ms", "is the unit missing?"),
				wrong("health: { grace-period: -1s }", "health.grace-period", "-1000ms", "must not be negative"),
				wrong("close-timeout: 0", "close-timeout", "0", "0 is not allowed"),
				wrong("shutdown-timeout: -5s", "shutdown-timeout", "-5s", "must not be negative"),
				wrong("heartbeat: { timeout: 60s }", "heartbeat.timeout", "", "interval"),
				wrong("reconnect: { multiplier: 0.5 }", "reconnect.multiplier", "0.5", "must be"),
				wrong("reconnect: { max-attempts: -1 }", "reconnect.max-attempts", "-1", "at least 0"),
				wrong("reconnect: { on-close: { 70000: stop } }", "reconnect.on-close.70000", "", "Reason: "),
				wrong("queue: { capacity: 0 }", "queue.capacity", "0", "between 1 and"),
				wrong("inbound: { buffer-messages: 0 }", "inbound.buffer-messages", "0", "at least 1"),
				wrong("max-message-size: 3GB", "max-message-size", "3221225472B", "allowed is 1B to 2047MB"),
				wrong("max-message-size: 0", "max-message-size", "0B", "allowed is 1B to 2047MB"),
				wrong("subprotocols: [ 'a b' ]", "subprotocols[0]", "a b", "no name of a subprotocol"),
				wrong("origin: somewhere", "origin", "somewhere", "must be scheme://host"),
				wrong("headers: { Upgrade: x }", "headers.Upgrade", "", "set by the handshake"),
				wrong("session: { steps: [ { fail-on: [] } ] }", "session.steps[0]", "", "needs send, await, or both"));
	}

	private static Arguments wrong(String yaml, String key, String value, String reason) {
		return Arguments.of(yaml, key, value, reason);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongClientSettings")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		FailureAnalysis analysis = analyze("""
				resilient-ws:
				  clients:
				    chat:
				      url: ws://localhost
				      %s
				""".formatted(yaml));
		assertThat(analysis.getDescription()).contains("'" + CHAT + key + "'").contains(reason);
		if (!value.isEmpty()) {
			assertThat(analysis.getDescription()).contains("Value:  " + value);
		}
		assertThat(analysis.getDescription()).contains("Reason: ").contains("Origin: ");
		assertThat(analysis.getAction()).contains(CHAT + key);
	}

	static Stream<Arguments> wrongFiles() {
		return Stream.of(
				// unknown keys
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', recconect: { enabled: true } } } }",
						"'resilient-ws.clients.chat.recconect.enabled' is unknown; did you mean 'resilient-ws.clients.chat.reconnect'?"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', reconnect: { inital-delay: 1s } } } }",
						"did you mean 'resilient-ws.clients.chat.reconnect.initial-delay'?"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', initial-delay: 1s } } }",
						"did you mean 'resilient-ws.clients.chat.reconnect.initial-delay'?"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', transport: netty } } }",
						"'resilient-ws.clients.chat.transport' is unknown; known here: url, urls, headers"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { guarantee: at-least-once } } } }",
						"'resilient-ws.clients.chat.delivery.guarantee' is unknown"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', queue: { store: file } } } }",
						"'resilient-ws.clients.chat.queue.store' is unknown; known here: capacity, max-bytes"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', ssl: { bundle: x } } } }",
						"'resilient-ws.clients.chat.ssl.bundle' is unknown"),
				Arguments.of("resilient-ws: { defaults: { compression: true } }",
						"'resilient-ws.defaults.compression' is unknown"),
				Arguments.of("resilient-ws: { client: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.client.chat.url' is unknown; did you mean 'resilient-ws.clients'?"),
				Arguments.of("resilient-ws: { listener: { threads: 3 } }",
						"'resilient-ws.listener.threads' is unknown; known here: max-threads"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { send: x, timeout: 1s } ] } } } }",
						"'resilient-ws.clients.chat.session.steps[0].timeout' is unknown"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { await: x, fail-on: [ { when: x, code: 1 } ] } ] } } } }",
						"'resilient-ws.clients.chat.session.steps[0].fail-on[0].code' is unknown; known here: when, action"),
				// texts that YAML reads as a map
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { mode: text, send: { type: PING } } } } }",
						"'resilient-ws.clients.chat.heartbeat.send' is a text, but YAML read it as a map or list: put it in single quotes"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { await: [ 'type' ] } } } }",
						"'resilient-ws.clients.chat.heartbeat.await' is a text, but YAML read it as a map or list: put it in single quotes"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { send: x, await: { type: ok } } ] } } } }",
						"'resilient-ws.clients.chat.session.steps[0].await' is a text, but YAML read it as a map or list: put it in single quotes"),
				Arguments.of(
						"resilient-ws: { defaults: { session: { auto-replies: [ { when: { type: ping }, send: x } ] } } }",
						"'resilient-ws.defaults.session.auto-replies[0].when' is a text, but YAML read it as a map or list: put it in single quotes"),
				// names
				Arguments.of("resilient-ws: { clients: { Chat: { url: 'ws://a' } } }",
						"The client name 'Chat' under 'resilient-ws.clients' is not allowed"),
				Arguments.of("resilient-ws: { clients: { my_chat: { url: 'ws://a' } } }",
						"The client name 'my_chat' under 'resilient-ws.clients' is not allowed"),
				Arguments.of("resilient-ws: { clients: { '[chat.eu]': { url: 'ws://a' } } }",
						"The client name 'chat.eu' under 'resilient-ws.clients' is not allowed"),
				Arguments.of("resilient-ws: { clients: { 1st: { url: 'ws://a' } } }", "The client name '1st'"),
				Arguments.of("resilient-ws: { clients: { chat-eu: { url: 'ws://a' }, chateu: { url: 'ws://b' } } }",
						"The client names 'chat-eu', 'chateu' under 'resilient-ws.clients' differ only in dashes"),
				Arguments.of("resilient-ws: { clients: { chat: } }",
						"'resilient-ws.clients.chat' is not a value but a group of settings"),
				// urls
				Arguments.of("resilient-ws: { clients: { chat: { auto-startup: true } } }",
						"'resilient-ws.clients.chat.url' is not valid:\n\n    Reason: is missing"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'http://a' } } }",
						"Reason: must start with ws:// or wss://"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', urls: [ 'ws://b' ] } } }",
						"set either url or urls, not both"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a/${NOWHERE}' } } }",
						"holds a ${placeholder} that no property resolves"),
				Arguments.of(
						"resilient-ws: { defaults: { session: { steps: [ { send: x, fail-on: [ { when: /e } ] } ] } }, clients: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.defaults.session.steps[0].await' is not valid:\n\n    Reason: is missing"),
				// elsewhere
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { mode: text } } } }",
						"'resilient-ws.clients.chat.heartbeat.send' is not valid:\n\n    Reason: is missing"),
				Arguments.of("resilient-ws: { enabled: flase }", "'resilient-ws.enabled' is not valid"),
				Arguments.of("resilient-ws: { listener: { max-threads: 0 } }",
						"'resilient-ws.listener.max-threads' is not valid:\n\n    Value:  0"),
				Arguments.of("resilient-ws: { listener: { max-threads: lots } }", "must be a whole number"),
				Arguments.of(
						"resilient-ws: { defaults: { reconnect: { initial-delay: 5 } }, clients: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.defaults.reconnect.initial-delay' is not valid:\n\n    Value:  5ms"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongFiles")
	void wrongFileIsDescribed(String yaml, String description) {
		FailureAnalysis analysis = analyze(yaml);
		assertThat(analysis.getDescription()).contains(description);
		assertThat(analysis.getAction()).isNotBlank();
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void secretsAreNotShown(String yaml) {
		FailureAnalysis analysis = analyze(yaml);
		assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("s3cret");
		for (Throwable cause = analysis.getCause(); cause != null; cause = cause.getCause()) {
			assertThat(String.valueOf(cause.getMessage())).doesNotContain("s3cret");
		}
	}

	static Stream<String> secrets() {
		return Stream.of("resilient-ws: { clients: { chat: { url: 'ws://a b/?token=s3cret' } } }",
				"resilient-ws: { clients: { chat: { url: 'http://a/?token=s3cret' } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://user:s3cret@a/' } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', headers: { Host: s3cret } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', headers: s3cret } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', values: { id: s3cret } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', password: s3cret } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { send: { token: s3cret } } } } }");
	}

	@Test
	void originIsShown() {
		FailureAnalysis analysis = analyze("""
				resilient-ws:
				  clients:
				    chat:
				      url: ws://a
				      connect-timeout: 5
				""");
		assertThat(analysis.getDescription()).contains("application.yml] - 5:24");
	}

	private static FailureAnalysis analyze(String yaml) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		Contexts.yaml(Contexts.fake(), yaml).run((context) -> {
			assertThat(context).hasFailed();
			result[0] = Failures.analyze(context.getStartupFailure());
		});
		return result[0];
	}

}
