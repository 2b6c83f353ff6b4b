package io.github.resilientws.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.ReconnectSettings.OnMessage;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link SettingsRules}.
 */
class SettingsRulesTests {

	private static final Duration YEARS = Duration.ofDays(366);

	@ParameterizedTest(name = "{0} = ''{1}'': {2}")
	@MethodSource({ "badHandshakes", "badTimes", "badReconnecting", "badSessions", "badBounds" })
	void refusesWithKeyValueAndReason(String key, String value, String reason, Consumer<SettingsDraft> spoil) {
		SettingsDraft draft = new SettingsDraft();
		spoil.accept(draft);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> SettingsRules.check(draft.build(), false))
			.satisfies((ex) -> {
				assertThat(ex.getKey()).isEqualTo(key);
				assertThat(ex.getValue()).isEqualTo(value);
				assertThat(ex.getReason()).contains(reason);
				assertThat(ex.getMessage()).doesNotContain("s3cret").doesNotContain("\n").doesNotContain("\r");
			});
	}

	static Stream<Arguments> badHandshakes() {
		String token = "letters, digits and !#$%&";
		return Stream.of(bad("name", "", "starts with a letter", (draft) -> draft.name("")),
				bad("name", "Chat", "a-z, 0-9 and '-'", (draft) -> draft.name("Chat")),
				bad("name", "1a", "starts with a letter", (draft) -> draft.name("1a")),
				bad("name", "a\\u000ab", "starts with a letter", (draft) -> draft.name("a\nb")),
				bad("url", "", "is missing", (draft) -> draft.url()),
				bad("url", "http://h", "ws:// or wss://", (draft) -> draft.url("http://h/s3cret")),
				bad("url", "", "ws:// or wss://", (draft) -> draft.url("/s3cret")),
				bad("url", "localhost:8080", "ws:// or wss://", (draft) -> draft.url("localhost:8080/ws")),
				bad("url", "ws:", "no valid host", (draft) -> draft.url("ws:s3cret")),
				bad("url", "ws:", "no valid host", (draft) -> draft.url("ws:///ws")),
				bad("url", "ws://a..b:80", "no valid host", (draft) -> draft.url("ws://a..b:80/s3cret")),
				bad("url", "ws://m%C3%BC.de", "no valid host", (draft) -> draft.url("ws://m%C3%BC.de/")),
				bad("url", "ws://my_host:0", "1 to 65535", (draft) -> draft.url("ws://my_host:0/")),
				bad("url", "ws://m\u00fc.de", "percent-encoded", (draft) -> draft.url("ws://m\u00fc.de/?\u00fc")),
				bad("url", "ws://h:0", "1 to 65535", (draft) -> draft.url("ws://h:0/?token=s3cret")),
				bad("url", "ws://h:65536", "1 to 65535", (draft) -> draft.url("ws://h:65536/")),
				bad("url", "wss://h", "Authorization header", (draft) -> draft.url("wss://me:s3cret@h/")),
				bad("url", "wss://my_h", "Authorization header", (draft) -> draft.url("wss://s3cret@my_h/")),
				bad("url", "ws://h", "fragment", (draft) -> draft.url("ws://h/#s3cret")),
				bad("url", "ws://h", "percent-encoded", (draft) -> draft.url("ws://h/\u00fc")),
				bad("urls[1]", "http://b", "ws:// or wss://", (draft) -> draft.url("ws://a", "http://b")),
				bad("proxy.host", "a b", "host name", (draft) -> draft.proxy(ProxySettings.http("a b", 80))),
				badProxyHost("[::1]"), badProxyHost("::g"), badProxyHost("http://a"), badProxyHost("a:80"),
				badProxyHost("a/b"), badProxyHost("a?b"), badProxyHost("-a"), badProxyHost("1.2.3.256"),
				bad("proxy.host", "a", "host name", (draft) -> draft.proxy(ProxySettings.http("s3cret@a", 80))),
				bad("proxy.port", "", "is missing; allowed is 1 to 65535",
						(draft) -> draft.proxy(ProxySettings.http("a", 0))),
				bad("proxy.username", "", "is missing",
						(draft) -> draft.proxy(ProxySettings.http("a", 80).withCredentials("", "s3cret"))),
				bad("proxy.username", "", "':'",
						(draft) -> draft.proxy(ProxySettings.http("a", 80).withCredentials("a:b", "s3cret"))),
				bad("proxy.password", "", "ASCII",
						(draft) -> draft.proxy(ProxySettings.socks5("a", 80).withCredentials("a", "s3cr\u00e9t"))),
				bad("proxy.username", "", "at most 255 characters",
						(draft) -> draft.proxy(ProxySettings.socks5("a", 80).withCredentials("a".repeat(256), ""))),
				bad("headers.x y", "", token, (draft) -> draft.header("x y", "s3cret")),
				bad("headers.", "", token, (draft) -> draft.header("", "s3cret")),
				bad("headers.x\\u000d", "", token, (draft) -> draft.header("x\r", "s3cret")),
				bad("headers.x:", "", token, (draft) -> draft.header("x:", "s3cret")),
				bad("headers.x-\u00fc", "", token, (draft) -> draft.header("x-\u00fc", "s3cret")),
				bad("headers.x-foo", "", "line break", (draft) -> draft.header("x-foo", "s3cret\n")),
				bad("headers.x-foo", "", "line break", (draft) -> draft.header("x-foo", "a\r\nb: s3cret")),
				bad("headers.x-foo", "", "another character", (draft) -> draft.header("x-foo", "s3cret\0")),
				bad("headers.x-foo", "", "another character", (draft) -> draft.header("x-foo", "s3cret\u0085")),
				bad("headers.x-foo", "", "another character", (draft) -> draft.header("x-foo", "s3cret\u20ac")),
				bad("headers.Host", "", "by the handshake", (draft) -> draft.header("Host", "h")),
				bad("headers.upgrade", "", "by the handshake", (draft) -> draft.header("upgrade", "h2c")),
				bad("headers.Connection", "", "by the handshake", (draft) -> draft.header("Connection", "close")),
				bad("headers.Sec-WebSocket-Key", "", "by the handshake",
						(draft) -> draft.header("Sec-WebSocket-Key", "s3cret")),
				bad("headers.sec-websocket-protocol", "", "use the setting subprotocols",
						(draft) -> draft.header("sec-websocket-protocol", "mqtt")),
				bad("headers.Origin", "", "use the setting origin", (draft) -> draft.header("Origin", "null")),
				bad("headers.content-length", "", "by the handshake", (draft) -> draft.header("content-length", "1")),
				bad("headers.Transfer-Encoding", "", "by the handshake",
						(draft) -> draft.header("Transfer-Encoding", "chunked")),
				bad("headers.x-a", "", "given twice", (draft) -> draft.headers(Map.of("X-A", "1", "x-a", "2"))),
				bad("subprotocols[0]", "", token, (draft) -> draft.subprotocols(List.of(""))),
				bad("subprotocols[1]", "", token, (draft) -> draft.subprotocols(List.of("mqtt", "a,b"))),
				bad("subprotocols[1]", "", "given twice", (draft) -> draft.subprotocols(List.of("mqtt", "mqtt"))),
				bad("origin", "example.com", "scheme://host", (draft) -> draft.origin("example.com")),
				bad("origin", "https://a/", "without a path", (draft) -> draft.origin("https://a/")),
				bad("origin", "", "scheme://host", (draft) -> draft.origin("https://s3cret@a")),
				bad("origin", "https://a\\u000a", "scheme://host", (draft) -> draft.origin("https://a\n")),
				bad("values.", "", "not a name", (draft) -> draft.value("")),
				bad("values.-a", "", "not a name", (draft) -> draft.value("-a")),
				bad("values.a b", "", "not a name", (draft) -> draft.value("a b")),
				bad("values.id", "", "{{id}}", (draft) -> draft.value("id")),
				bad("values.payload", "", "{{payload}}", (draft) -> draft.value("payload")),
				bad("values.uuid", "", "{{uuid}}", (draft) -> draft.value("uuid")),
				bad("values.now", "", "{{now}}", (draft) -> draft.value("now")));
	}

	static Stream<Arguments> badTimes() {
		String unit = "is the unit missing?";
		return Stream.of(
				bad("connect-timeout", "0", "0 is not allowed", (draft) -> draft.connectTimeout(Duration.ZERO)),
				bad("connect-timeout", "10ms", unit, (draft) -> draft.connectTimeout(Duration.ofMillis(10))),
				bad("connect-timeout", "99ms", unit, (draft) -> draft.connectTimeout(Duration.ofMillis(99))),
				bad("connect-timeout", "PT0.000000001S", unit, (draft) -> draft.connectTimeout(Duration.ofNanos(1))),
				bad("close-timeout", "-5s", "negative", (draft) -> draft.closeTimeout(Duration.ofSeconds(-5))),
				bad("shutdown-timeout", "366d", "too long", (draft) -> draft.shutdownTimeout(YEARS)),
				bad("shutdown-timeout", "PT2562047788015215H30M7S", "too long",
						(draft) -> draft.shutdownTimeout(Duration.ofSeconds(Long.MAX_VALUE))),
				bad("heartbeat.interval", "30ms", unit, heartbeat((it) -> it.withInterval(Duration.ofMillis(30)))),
				bad("heartbeat.interval", "-1m", "negative",
						heartbeat((it) -> it.withInterval(Duration.ofMinutes(-1)))),
				bad("heartbeat.timeout", "0", "0 is not allowed", heartbeat((it) -> it.withTimeout(Duration.ZERO))),
				bad("heartbeat.timeout", "30s", "shorter than heartbeat.interval, which is 30s",
						heartbeat((it) -> it.withTimeout(Duration.ofSeconds(30)))),
				bad("heartbeat.max-missed", "0", "at least 1", heartbeat((it) -> it.withMaxMissed(0))),
				bad("heartbeat.data-idle-timeout", "1ms", unit,
						heartbeat((it) -> it.withDataIdleTimeout(Duration.ofMillis(1)))),
				bad("heartbeat.send", "", "needs the text", heartbeat((it) -> it.withText("", "pong"))),
				bad("heartbeat.send", "", "the mode is ping",
						heartbeat((it) -> it.withText("s3cret", "").withMode(Mode.PING))),
				bad("heartbeat.await", "", "the mode is passive",
						heartbeat((it) -> it.withText("", "pong").withMode(Mode.PASSIVE))),
				bad("session.timeout", "0", "0 is not allowed",
						(draft) -> draft.session(new SessionSettings(Duration.ZERO, List.of(), List.of()))),
				bad("queue.ttl", "60ms", unit, (draft) -> draft.queue((it) -> it.withTtl(Duration.ofMillis(60)))),
				bad("queue.block-timeout", "0", "0 is not allowed",
						(draft) -> draft.queue((it) -> it.withOverflow(Overflow.BLOCK, Duration.ZERO))));
	}

	static Stream<Arguments> badReconnecting() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(
				bad("reconnect.initial-delay", "0", "0 is not allowed",
						reconnect((it) -> it.withBackOff(Duration.ZERO, 1.5, second))),
				bad("reconnect.initial-delay", "1ms", "is the unit missing?",
						reconnect((it) -> it.withBackOff(Duration.ofMillis(1), 1.5, second))),
				bad("reconnect.max-delay", "1s", "which is 2s",
						reconnect((it) -> it.withBackOff(Duration.ofSeconds(2), 1.5, second))),
				bad("reconnect.max-delay", "366d", "too long", reconnect((it) -> it.withBackOff(second, 1.5, YEARS))),
				bad("reconnect.multiplier", "0.9", "between 1 and 100",
						reconnect((it) -> it.withBackOff(second, 0.9, second))),
				bad("reconnect.multiplier", "NaN", "between 1 and 100",
						reconnect((it) -> it.withBackOff(second, Double.NaN, second))),
				bad("reconnect.multiplier", "Infinity", "between 1 and 100",
						reconnect((it) -> it.withBackOff(second, Double.POSITIVE_INFINITY, second))),
				bad("reconnect.multiplier", "100.5", "between 1 and 100",
						reconnect((it) -> it.withBackOff(second, 100.5, second))),
				bad("reconnect.max-attempts", "-1", "at least 0", reconnect((it) -> it.withLimits(-1, Duration.ZERO))),
				bad("reconnect.max-elapsed", "5ms", "is the unit missing?",
						reconnect((it) -> it.withLimits(0, Duration.ofMillis(5)))),
				bad("reconnect.reset-after", "-1s", "negative",
						reconnect((it) -> it.withResetAfter(Duration.ofSeconds(-1)))),
				bad("reconnect.max-retry-after", "0", "0 is not allowed",
						(draft) -> draft
							.reconnect(new ReconnectSettings(true, second, 1, second, ReconnectSettings.Jitter.NONE, 0,
									Duration.ZERO, second, Map.of(), Map.of(), Duration.ZERO))),
				bad("reconnect.close-code", "1001", "allowed are 1000 and 3000 to 4999",
						reconnect((it) -> it.withCloseCode(1001))),
				bad("reconnect.close-code", "2999", "3000 to 4999", reconnect((it) -> it.withCloseCode(2999))),
				bad("reconnect.close-code", "5000", "3000 to 4999", reconnect((it) -> it.withCloseCode(5000))),
				bad("reconnect.on-message[0].when", "", "the matcher of the message that ends the connection",
						reconnect((it) -> it.withOnMessage(List.of(new OnMessage("", ReconnectAction.RETRY))))),
				bad("reconnect.on-close.5xx", "", "1000 to 4999", onClose("5xx")),
				bad("reconnect.on-close.999", "", "1000 to 4999", onClose("999")),
				bad("reconnect.on-close.4000-5000", "", "1000 to 4999", onClose("4000-5000")),
				bad("reconnect.on-close.4099-4000", "", "ends before it starts", onClose("4099-4000")),
				bad("reconnect.on-close.", "", "is not a code", onClose("")),
				bad("reconnect.on-close.abc", "", "a range such as 4000-4099, or a class such as 4xxx", onClose("abc")),
				bad("reconnect.on-close.-1008", "", "is not a code", onClose("-1008")),
				bad("reconnect.on-close.10080", "", "is not a code", onClose("10080")),
				bad("reconnect.on-close.1\\u000a", "", "is not a code", onClose("1\n")),
				bad("reconnect.on-close.4050-4149", "", "4000-4099", onClose("4000-4099", "4050-4149")),
				bad("reconnect.on-close.1008-1008", "", "as 1008 does", onClose("1008", "1008-1008")),
				bad("reconnect.on-status.101", "", "means success", onStatus("101")),
				bad("reconnect.on-status.abc", "", "a range such as 500-504, or a class such as 5xx", onStatus("abc")),
				bad("reconnect.on-status.6xx", "", "100 to 599", onStatus("6xx")),
				bad("reconnect.on-status.1008", "", "100 to 599", onStatus("1008")),
				bad("reconnect.on-status.5x", "", "100 to 599", onStatus("5x")),
				bad("reconnect.on-status.5xx", "", "500-599", onStatus("5xx", "500-599")));
	}

	static Stream<Arguments> badSessions() {
		FailOn error = new FailOn("/error", ReconnectAction.REFRESH);
		FailOn blank = new FailOn("", ReconnectAction.STOP);
		return Stream.of(
				bad("session.steps[0]", "", "send, await, or both",
						(draft) -> draft.steps(new Step("", "", List.of()))),
				bad("session.steps[1]", "", "send, await, or both",
						(draft) -> draft.steps(new Step("s3cret", "", List.of()), new Step("", "", List.of(error)))),
				bad("session.steps[0].fail-on[1].when", "", "is missing",
						(draft) -> draft.steps(new Step("", "/ok", List.of(error, blank)))),
				bad("session.auto-replies[0].when", "", "the question", (draft) -> draft.autoReply("", "s3cret")),
				bad("session.auto-replies[0].send", "", "the answer", (draft) -> draft.autoReply("/q", "")),
				bad("session.resume-url", "", "ws://, wss:// or a value",
						(draft) -> draft.resumeUrl("http://s3cret/{{a}}")));
	}

	static Stream<Arguments> badBounds() {
		return Stream.of(
				bad("queue.capacity", "0", "between 1 and 16777216",
						(draft) -> draft.queue((it) -> it.withBounds(0, 1))),
				bad("queue.capacity", "16777217", "between 1 and 16777216",
						(draft) -> draft.queue((it) -> it.withBounds(16_777_217, 1))),
				bad("queue.max-bytes", "-1", "at least 0", (draft) -> draft.queue((it) -> it.withBounds(1, -1))),
				bad("max-message-size", "0B", "allowed is 1B to 2047MB", (draft) -> draft.maxMessageSize(0)),
				bad("max-message-size", "2147483640B", "allowed is 1B to 2047MB",
						(draft) -> draft.maxMessageSize(2_147_483_640)),
				bad("max-frame-size", "124B", "allowed is 125B to 16MB", (draft) -> draft.maxFrameSize(124)),
				bad("max-frame-size", "16777217B", "allowed is 125B to 16MB",
						(draft) -> draft.maxFrameSize(16_777_217)),
				bad("inbound.buffer-messages", "0", "at least 1", (draft) -> draft.inbound(new InboundSettings(0, 1))),
				bad("inbound.buffer-bytes", "0", "at least 1", (draft) -> draft.inbound(new InboundSettings(1, 0))),
				bad("inbound.request.timeout", "0", "0 is not allowed",
						questions((request) -> request.withTimeout(Duration.ZERO))),
				bad("inbound.request.reply", "", "is missing; needed is the template of the answer",
						questions((request) -> request.withWhen("/id"))),
				bad("inbound.request.reply", "", "is missing; needed is the template of the answer",
						questions((request) -> request.withError("{{error}}"))),
				bad("inbound.request.reply", "", "is missing; needed is the template of the answer",
						questions((request) -> request.withUnhandled("unknown"))),
				bad("inbound.request.when", "", "is missing; needed is the matcher of a question",
						questions((request) -> request.withReply("ok"))));
	}

	private static Arguments badProxyHost(String host) {
		return bad("proxy.host", host, "host name", proxyHost(host));
	}

	private static Consumer<SettingsDraft> proxyHost(String host) {
		return (draft) -> draft.proxy(ProxySettings.socks5(host, 80));
	}

	@ParameterizedTest
	@MethodSource("good")
	void acceptsTheBoundsOfAllowedValues(Consumer<SettingsDraft> change) {
		SettingsDraft draft = new SettingsDraft();
		change.accept(draft);
		ClientSettings settings = draft.build();
		assertThat(SettingsRules.check(settings, false)).isSameAs(settings);
	}

	static Stream<Consumer<SettingsDraft>> good() {
		Duration shortest = Duration.ofMillis(100);
		return Stream.of((draft) -> draft.name("a-1-"), (draft) -> draft.url("ws://[::1]:1/"),
				(draft) -> draft.url("WSS://h:65535/a%20b?c=d"), (draft) -> draft.url("wss://h", "ws://127.0.0.1:80"),
				(draft) -> draft.url("ws://my_host:80/"), (draft) -> draft.url("ws://m\u00fcnchen.example/"),
				(draft) -> draft.url("ws://[fe80::1%eth0]/", "ws://[fe80::1%25eth0]:1/"), proxyHost("my_proxy"),
				proxyHost("127.0.0.1"), proxyHost("::1"), proxyHost("fe80::1%eth0"), proxyHost("fe80::1%25eth0"),
				proxyHost("m\u00fcnchen.example"), (draft) -> draft.header("X_Foo", "a\tb \u00e9"),
				(draft) -> draft.header("Authorization", ""),
				(draft) -> draft.subprotocols(List.of("v12.stomp", "V12.stomp")), (draft) -> draft.origin("null"),
				(draft) -> draft.origin("https://[::1]:8080"), (draft) -> draft.value("_a.b-C"),
				(draft) -> draft.connectTimeout(shortest), (draft) -> draft.closeTimeout(Duration.ofDays(365)),
				heartbeat((it) -> it.withInterval(Duration.ZERO)),
				heartbeat((it) -> it.withText("", "").withInterval(Duration.ZERO)),
				heartbeat((it) -> it.withTimeout(Duration.ofHours(1)).withMode(Mode.OFF)),
				heartbeat((it) -> it.withText("ping", "pong").withMode(Mode.OFF)),
				heartbeat((it) -> it.withTimeout(shortest).withInterval(Duration.ofMillis(101))),
				heartbeat((it) -> it.withDataIdleTimeout(shortest)),
				reconnect((it) -> it.withBackOff(shortest, 1, shortest).withResetAfter(Duration.ZERO)),
				reconnect((it) -> it.withBackOff(shortest, 100, Duration.ofDays(365)).withLimits(1, shortest)),
				onClose("1008", "1000-1010", "1005-1020", "4000-4999", "3xxx"),
				onStatus("1xx", "100-599", "503", "5xx"),
				(draft) -> draft.steps(new Step("a", "", List.of()), new Step("", "b", List.of())),
				(draft) -> draft.autoReply("ping", "pong"),
				(draft) -> draft.queue((it) -> it.withBounds(16_777_216, 0).withTtl(shortest)),
				(draft) -> draft.inbound(new InboundSettings(1, 1)), (draft) -> draft.maxMessageSize(1),
				(draft) -> draft.maxMessageSize(2_147_483_639), (draft) -> draft.maxFrameSize(125),
				(draft) -> draft.maxFrameSize(16_777_216));
	}

	@Test
	void acceptsNoUrlWhenACustomizerSuppliesIt() {
		SettingsDraft draft = new SettingsDraft();
		draft.url();
		assertThatNoException().isThrownBy(() -> SettingsRules.check(draft.build(), true));
	}

	@Test
	void acceptsAnUnusedTextAtRunTimeButNotAMissingOne() {
		HeartbeatSettings text = HeartbeatSettings.DEFAULTS.withText("ping", "pong");
		HeartbeatSettings unused = text.withMode(Mode.PING);
		assertThat(SettingsRules.check(unused)).isSameAs(unused);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> SettingsRules.check(text.withText("", "pong")))
			.withMessageStartingWith("heartbeat.send");
	}

	@Test
	void checksTheValuesOfACustomizer() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> UrlRules.check("url", URI.create("http://h")));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> HeaderRules.check("Host", "h"));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ValueRules.check("id"));
	}

	private static Arguments bad(String key, String value, String reason, Consumer<SettingsDraft> spoil) {
		return Arguments.of(key, value, reason, spoil);
	}

	private static Consumer<SettingsDraft> heartbeat(UnaryOperator<HeartbeatSettings> update) {
		return (draft) -> draft.heartbeat(update);
	}

	private static Consumer<SettingsDraft> questions(UnaryOperator<InboundRequestSettings> update) {
		return (draft) -> draft
			.inbound(InboundSettings.DEFAULTS.withRequest(update.apply(InboundRequestSettings.DEFAULTS)));
	}

	private static Consumer<SettingsDraft> reconnect(UnaryOperator<ReconnectSettings> update) {
		return (draft) -> draft.reconnect(update);
	}

	private static Consumer<SettingsDraft> onClose(String... keys) {
		return (draft) -> List.of(keys)
			.forEach((key) -> draft.reconnect((it) -> it.withOnClose(key, ReconnectAction.RETRY)));
	}

	private static Consumer<SettingsDraft> onStatus(String... keys) {
		return (draft) -> List.of(keys)
			.forEach((key) -> draft.reconnect((it) -> it.withOnStatus(key, ReconnectAction.RETRY)));
	}

}
