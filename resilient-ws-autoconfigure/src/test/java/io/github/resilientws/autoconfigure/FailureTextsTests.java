package io.github.resilientws.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
						"one of retry, retry-slow, refresh, reset, stop"),
				wrong("reconnect: { on-status: { 5xx: later } }", "reconnect.on-status.5xx", "later",
						"one of retry, retry-slow, refresh, reset, stop"),
				wrong("reconnect: { on-message: [ { when: /a, action: rotate } ] }", "reconnect.on-message[0].action",
						"rotate", "one of retry, retry-slow, refresh, reset, stop"),
				wrong("reconnect: { on-message: [ { when: '~(', action: retry } ] }", "reconnect.on-message[0].when",
						"~(", "not a regular expression"),
				wrong("reconnect: { close-code: 1001 }", "reconnect.close-code", "1001",
						"allowed are 1000 and 3000 to 4999"),
				wrong("session: { captures: { seq: { from: s } } }", "session.captures.seq.from", "s",
						"a locator must be a JSON pointer"),
				wrong("session: { captures: { seq: { from: /s } } }\n      values: { seq: x }", "session.captures.seq",
						"", "is also a name under values"),
				wrong("session: { steps: [ { await: /a, fail-on: [ { when: /b, after: 5s } ] } ] }",
						"session.steps[0].fail-on[0].after", "5s", "is only used with action repeat"),
				wrong("session: { steps: [ { await: /a, fail-on: [ { when: /b, action: repeat, after: 5 } ] } ] }",
						"session.steps[0].fail-on[0].after", "5ms", "is the unit missing?"),
				wrong("session: { steps: [ { if: nope, await: /a } ] }", "session.steps[0].if", "nope",
						"is neither a capture nor a name under values"),
				wrong("session: { steps: [ { await: /a }, { unless: nope, await: /a } ] }", "session.steps[1].unless",
						"nope", "is neither a capture nor a name under values"),
				wrong("session: { resume-url: '{{gateway:base64}}' , captures: { gateway: { from: /g } } }",
						"session.resume-url", "{{gateway:base64}}", "allowed are {{name}} and {{name:raw}}"),
				wrong("session: { resume-url: '{{nope}}' }", "session.resume-url", "{{nope}}", "unknown name"),
				wrong("session: { resume-url: 'wss://a/{{a|b}}' }", "session.resume-url", "",
						"needs no value that the server sends, so it would always be used"),
				wrong("heartbeat: { interval-from: interval }", "heartbeat.interval-from", "interval",
						"a locator must be a JSON pointer"),
				wrong("heartbeat: { unit: m }", "heartbeat.unit", "m", "one of ms, s"),
				wrong("heartbeat: { mode: loud }", "heartbeat.mode", "loud", "one of ping, text, passive, off"),
				wrong("queue: { overflow: burn }", "queue.overflow", "burn",
						"one of reject, drop-oldest, drop-newest, block"),
				wrong("inbound: { dispatch: pool }", "inbound.dispatch", "pool", "one of lane, direct"),
				wrong("queue: { max-bytes: big }", "queue.max-bytes", "big", "a size with a unit, such as 512KB"),
				wrong("max-message-size: 8 megs", "max-message-size", "8 megs", "a size with a unit"),
				wrong("publish-messages: sometimes", "publish-messages", "sometimes", "one of auto, always, never"),
				wrong("transport: okhttp", "transport", "okhttp", "one of auto, netty, spring"),
				wrong("compression: some", "compression", "some", "true or false"),
				wrong("proxy: { type: socks4, host: p, port: 1080 }", "proxy.type", "socks4",
						"one of none, http, socks5"),
				wrong("proxy: { host: 'http://p', port: 80 }", "proxy.host", "http://p",
						"without scheme, port or brackets"),
				wrong("proxy: { host: p, port: 70000 }", "proxy.port", "70000", "between 1 and 65535"),
				wrong("proxy: { host: p, port: 80, username: '', password: x }", "proxy.username", "", "is missing"),
				wrong("proxy: { host: p, port: 80, username: 'a:b' }", "proxy.username", "", "must not contain ':'"),
				wrong("proxy: { type: socks5, host: p, port: 80, username: a, password: s\u00e9 }", "proxy.password",
						"", "all of them ASCII, for SOCKS 5"),
				wrong("auto-startup: later", "auto-startup", "later", "true or false"),
				wrong("health: { critical: very }", "health.critical", "very", "true or false"),
				wrong("session: { steps: [ { await: /a, fail-on: [ { when: /b, action: cry } ] } ] }",
						"session.steps[0].fail-on[0].action", "cry",
						"one of retry, retry-slow, refresh, reset, stop, repeat"),
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
				wrong("max-frame-size: 124", "max-frame-size", "124B", "allowed is 125B to 16MB"),
				wrong("max-frame-size: 17MB", "max-frame-size", "17825792B", "allowed is 125B to 16MB"),
				wrong("max-frame-size: 5GB", "max-frame-size", "5368709120B", "allowed is 125B to 16MB"),
				wrong("subprotocols: [ 'a b' ]", "subprotocols[0]", "", "not a name of a subprotocol"),
				wrong("origin: somewhere", "origin", "somewhere", "must be scheme://host"),
				wrong("headers: { Upgrade: x }", "headers.Upgrade", "", "set by the handshake"),
				wrong("session: { steps: [ { fail-on: [] } ] }", "session.steps[0]", "", "needs send, await, or both"),
				wrong("connect-timeout: 10x", "connect-timeout", "10x", "a duration with a unit"),
				wrong("connect-timeout: PT2562047788015215H", "connect-timeout", "PT2562047788015215H", "is too long"),
				wrong("reconnect: { max-delay: PT2562047788015216H }", "reconnect.max-delay", "PT2562047788015216H",
						"a duration with a unit"),
				wrong("reconnect: { initial-delay: 0 }", "reconnect.initial-delay", "0", "0 is not allowed"),
				wrong("reconnect: { max-delay: 500ms }", "reconnect.max-delay", "500ms",
						"must not be shorter than reconnect.initial-delay"),
				wrong("reconnect: { multiplier: NaN }", "reconnect.multiplier", "NaN", "between 1 and 100"),
				wrong("reconnect: { multiplier: 1e308 }", "reconnect.multiplier", "1.0E308", "between 1 and 100"),
				wrong("reconnect: { jitter: 0.5 }", "reconnect.jitter", "0.5", "one of full, none"),
				wrong("reconnect: { max-elapsed: -1s }", "reconnect.max-elapsed", "-1s", "must not be negative"),
				wrong("reconnect: { reset-after: 5 }", "reconnect.reset-after", "5ms", "is the unit missing?"),
				wrong("reconnect: { max-retry-after: 0 }", "reconnect.max-retry-after", "0", "0 is not allowed"),
				wrong("reconnect: { on-close: { 4000-4099: stop, 4050-4149: retry } }", "reconnect.on-close.4050-4149",
						"", "covers 4050 as 4000-4099 does"),
				wrong("reconnect: { on-close: { 5xx: stop } }", "reconnect.on-close.5xx", "",
						"allowed is 1000 to 4999"),
				wrong("reconnect: { on-close: { 4100-4000: stop } }", "reconnect.on-close.4100-4000", "",
						"ends before it starts"),
				wrong("reconnect: { on-status: { 101: stop } }", "reconnect.on-status.101", "",
						"this status means success"),
				wrong("heartbeat: { interval: -1s }", "heartbeat.interval", "-1s", "must not be negative"),
				wrong("heartbeat: { timeout: 0 }", "heartbeat.timeout", "0", "0 is not allowed"),
				wrong("heartbeat: { max-missed: 0 }", "heartbeat.max-missed", "0", "at least 1"),
				wrong("heartbeat: { data-idle-timeout: 5 }", "heartbeat.data-idle-timeout", "5ms",
						"is the unit missing?"),
				wrong("heartbeat: { send: x }", "heartbeat.send", "", "is only used with heartbeat.mode text"),
				wrong("heartbeat: { mode: text, send: '{{nope}}', await: /x }", "heartbeat.send", "{{nope}}",
						"unknown name, allowed are"),
				wrong("heartbeat: { mode: text, send: '{{now', await: /x }", "heartbeat.send", "{{now",
						"{{ without }}"),
				wrong("heartbeat: { mode: text, send: x, await: '~(' }", "heartbeat.await", "~(",
						"not a regular expression"),
				wrong("heartbeat: { mode: text, send: x, await: '/a &&' }", "heartbeat.await", "/a &&",
						"something must follow"),
				wrong("heartbeat: { mode: text, send: x, await: '/a~2' }", "heartbeat.await", "/a~2",
						"~ must be followed by 0"),
				wrong("session: { timeout: 0 }", "session.timeout", "0", "0 is not allowed"),
				wrong("queue: { capacity: 2147483648 }", "queue.capacity", "2147483648", "up to 2147483647"),
				wrong("queue: { capacity: -1 }", "queue.capacity", "-1", "between 1 and"),
				wrong("queue: { max-bytes: -1 }", "queue.max-bytes", "-1", "at least 0"),
				wrong("queue: { ttl: 5 }", "queue.ttl", "5ms", "is the unit missing?"),
				wrong("queue: { block-timeout: 0 }", "queue.block-timeout", "0", "0 is not allowed"),
				wrong("inbound: { buffer-bytes: 0 }", "inbound.buffer-bytes", "0", "at least 1"),
				wrong("max-message-size: -1", "max-message-size", "-1B", "allowed is 1B to 2047MB"),
				wrong("subprotocols: [ a, a ]", "subprotocols[1]", "", "is given twice"),
				wrong("subprotocols: [ '' ]", "subprotocols[0]", "", "not a name of a subprotocol"),
				wrong("origin: https://a/path", "origin", "https://a/path", "without a path"),
				wrong("headers: { X-A: \"a\\r\\nb\" }", "headers.X-A", "", "has a line break"),
				wrong("headers: { X-A: \"a\\0\" }", "headers.X-A", "", "has a line break or another character"),
				wrong("headers: { Sec-WebSocket-Key: x }", "headers.Sec-WebSocket-Key", "", "set by the handshake"));
	}

	private static Arguments wrong(String yaml, String key, String value, String reason) {
		return Arguments.of(yaml, key, value, reason);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongClientSettings")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		Failures.assertNamesSetting(yaml, key, value, reason);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			'  '             | -          | is missing
			ws:/x            | -          | has no valid host
			ws://            | -          | is no URL
			ws:///path       | -          | has no valid host
			ws://a#fragment  | ws://a     | must not have a fragment
			ws://u:p@a       | ws://a     | must not contain a user or a password
			ws://a:0         | ws://a:0   | allowed is 1 to 65535
			ws://a:70000     | ws://a:70000 | allowed is 1 to 65535
			ws://a b         | -          | is no URL
			ws://a\\nb       | -          | is no URL
			ws://b\u00fccher..example/ | ws://b\u00fccher..example | has no valid host
			https://a        | https://a  | must start with ws:// or wss://
			""")
	void wrongUrlIsDescribed(String url, String value, String reason) {
		FailureAnalysis analysis = Failures
			.analyze("resilient-ws: { clients: { chat: { url: \"%s\" } } }".formatted(url));
		assertThat(analysis.getDescription()).contains("'" + CHAT + "url'").contains("Origin: ").contains(reason);
		if (value != null) {
			assertThat(analysis.getDescription()).contains("Value:  " + value);
		}
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
				Arguments.of("resilient-ws: { client: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.client.chat.url' is unknown; did you mean 'resilient-ws.clients'?"),
				Arguments.of("resilient-ws: { listener: { threads: 3 } }",
						"'resilient-ws.listener.threads' is unknown; known keys here: max-threads"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { send: x, timeout: 1s } ] } } } }",
						"'resilient-ws.clients.chat.session.steps[0].timeout' is unknown"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { await: x, fail-on: [ { when: x, code: 1 } ] } ] } } } }",
						"'resilient-ws.clients.chat.session.steps[0].fail-on[0].code' is unknown; known keys here: when, action"),
				// texts that YAML reads as a map
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { mode: text, send: { type: PING } } } } }",
						"'resilient-ws.clients.chat.heartbeat.send' is a text, but YAML read it as a map or list: put it in single quotes"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { await: [ 'type' ] } } } }",
						"'resilient-ws.clients.chat.heartbeat.await' is one matcher, but YAML read it as a list: join several by && or ||"),
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
				Arguments.of("resilient-ws: { clients: { 'a/b': { url: 'ws://a' } } }",
						"'resilient-ws.clients.a/b.url' has a character in its name that is only allowed in brackets"),
				Arguments.of("resilient-ws: { clients: { '[a/b]': { url: 'ws://a' } } }",
						"The client name 'a/b' under 'resilient-ws.clients' is not allowed"),
				Arguments.of("resilient-ws: { clients: [ { url: 'ws://a' } ] }", "The client name '0'"),
				Arguments.of("resilient-ws: { clients: }",
						"'resilient-ws.clients' is not valid:\n\n    Origin: Byte array resource [application.yml] - 1:25\n    Reason: must be a map"),
				// shapes
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', headers: { 'a b': x } } } }",
						"'resilient-ws.clients.chat.headers.a b' has a character in its name that is only allowed in brackets"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', headers: { '[a b]': x } } } }",
						"'resilient-ws.clients.chat.headers[a b]' is not valid"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', headers: [ x ] } } }",
						"'resilient-ws.clients.chat.headers[0]' belongs to a map of names and values, but YAML read it as a list"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', reconnect: [ x ] } } }",
						"'resilient-ws.clients.chat.reconnect[0]' is unknown; known keys here: enabled"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', reconnect: 5s } } }",
						"'resilient-ws.clients.chat.reconnect' is not a value but a group of settings"),
				Arguments.of("resilient-ws: { clients: { chat: { url: [ 'ws://a' ] } } }",
						"'resilient-ws.clients.chat.url[0]' is unknown"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { interval: '' } } } }",
						"'resilient-ws.clients.chat.heartbeat.interval', which is empty"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { auto-replies: [ { send: x } ] } } } }",
						"'resilient-ws.clients.chat.session.auto-replies[0].when' is not valid:\n\n    Reason: is missing"),
				Arguments.of("resilient-ws: { clients: { chat: { urls: [ 'ws://a', 'http://b' ] } } }",
						"'resilient-ws.clients.chat.urls[1]' is not valid"),
				Arguments.of("resilient-ws: { listener: { max-threads: -1 } }",
						"'resilient-ws.listener.max-threads' is not valid"),
				// urls
				Arguments.of("resilient-ws: { clients: { chat: { auto-startup: true } } }",
						"'resilient-ws.clients.chat.url' is not valid:\n\n    Reason: is missing"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'http://a' } } }",
						"Reason: must start with ws:// or wss://"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', urls: [ 'ws://b' ] } } }",
						"set either url or urls, not both"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a/${NOWHERE}' } } }",
						"holds a ${placeholder} that no property resolves"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', values: { token: '${NOWHERE}' } } } }",
						"'resilient-ws.clients.chat.values.token' is not valid:\n\n    Origin: Byte array resource [application.yml] - 1:68\n    Reason: holds a ${placeholder} that no property resolves"),
				Arguments.of(
						"resilient-ws: { defaults: { headers: { X-Key: 'a ${NOWHERE}' } }, clients: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.defaults.headers.X-Key' is not valid:\n\n    Origin: Byte array resource [application.yml] - 1:47\n    Reason: holds a ${placeholder} that no property resolves"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a/{{token}}' } } }",
						"Reason: holds a {{template}}, which no URL can have; use a ${placeholder}, or let a HandshakeCustomizer set the URL"),
				Arguments.of("resilient-ws: { clients: { chat: { url: 'localhost:8545/s3cret' } } }",
						"Value:  localhost:8545\n    Origin: Byte array resource [application.yml] - 1:41\n    Reason: must start with ws:// or wss://"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { await: /a, fail-on: { when: /b, action: stop } } ] } } } }",
						"The setting 'resilient-ws.clients.chat.session.steps[0].fail-on' is a list, but YAML read it as a map: put it in [ ], or '-' before each element"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { mode: text, send: [ 2, 'a' ], await: x } } } }",
						"'resilient-ws.clients.chat.heartbeat.send' is a text, but YAML read it as a map or list: put it in single quotes"),
				Arguments.of(
						"resilient-ws: { defaults: { session: { steps: [ { send: x, fail-on: [ { action: stop } ] } ] } }, clients: { chat: { url: 'ws://a' } } }",
						"'resilient-ws.defaults.session.steps[0].fail-on[0].when' is not valid:\n\n    Reason: is missing"),
				// elsewhere
				Arguments.of("resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { mode: text } } } }",
						"'resilient-ws.clients.chat.heartbeat.send' is not valid:\n\n    Reason: is missing"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', reconnect: { on-message: [ { when: /a } ] } } } }",
						"'resilient-ws.clients.chat.reconnect.on-message[0].action' is not valid:\n\n    Reason: is missing; allowed are retry, retry-slow, refresh, reset, stop"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', reconnect: { on-message: [ { action: stop } ] } } } }",
						"'resilient-ws.clients.chat.reconnect.on-message[0].when' is not valid:\n\n    Reason: is missing; needed is the matcher"),
				Arguments.of(
						"resilient-ws: { clients: { chat: { url: 'ws://a', session: { captures: { seq: { when: /a } } } } } }",
						"'resilient-ws.clients.chat.session.captures.seq.from' is not valid:\n\n    Reason: is missing; needed is the locator"),
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
		Failures.assertDescribes(yaml, description);
	}

	@ParameterizedTest
	@MethodSource("secrets")
	void secretsAreNotShown(String yaml) {
		FailureAnalysis analysis = Failures.analyze(yaml);
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
				"resilient-ws: { clients: { chat: { url: 'ws://a', subprotocols: [ 'bearer s3cret' ] } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', subprotocols: [ s3cret, s3cret ] } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', proxy: { host: a, port: 1, password: s3cret } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', proxy: { host: 'me:s3cret@a', port: 1 } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', proxy: 'http://me:s3cret@a' } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', values: s3cret } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', headers: [ s3cret ] } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', headers: { 'a b': s3cret } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', headers: { X-A: \"s3cret\\r\\nX: s3cret\" } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', origin: 'https://user:s3cret@a' } } }",
				"resilient-ws: { clients: { chat: { urls: [ 'ws://a', 'ws://b/#s3cret' ] } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ s3cret ] } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', session: { steps: [ { send: 's3cret {{' } ] } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { send: 's3cret' } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { send: { token: s3cret } } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { envelope: 's3cret' } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: { envelope: { token: s3cret } } } } }",
				"resilient-ws: { clients: { chat: { url: 'ws://a', delivery: s3cret } } }");
	}

	@Test
	void aTextThatYamlReadAsAListIsNamedOnce() {
		assertThat(Failures
			.analyze("resilient-ws: { clients: { chat: { url: 'ws://a', heartbeat: { await: [ /a, /b ] } } } }")
			.getDescription()).containsOnlyOnce("heartbeat.await");
	}

	@Test
	void originIsShown() {
		FailureAnalysis analysis = Failures.analyze("""
				resilient-ws:
				  clients:
				    chat:
				      url: ws://a
				      connect-timeout: 5
				""");
		assertThat(analysis.getDescription()).contains("application.yml] - 5:24");
	}

}
