package io.github.resilientws.internal.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings.OnMessage;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code session.captures}.
 */
class CapturedValueTests {

	private static final Capture SEQ = new Capture("/s", "");

	private static final AutoReply SHOW = new AutoReply("show", "{{seq|null}} \"{{seq|-}}\" {{seq:raw|-}}");

	@Test
	void aCaptureKeepsItsTypeAndTheLastValueCounts() {
		Rig rig = rig(Map.of("seq", SEQ), (builder) -> builder).connect();
		assertThat(shown(rig)).isEqualTo("null \"-\" -");
		rig.connection().text("{\"s\":42}");
		assertThat(shown(rig)).isEqualTo("42 \"42\" 42");
		rig.connection().text("{\"s\":null}");
		rig.connection().text("{\"t\":1}");
		rig.connection().text("no json");
		assertThat(shown(rig)).isEqualTo("42 \"42\" 42");
		rig.connection().text("{\"s\":\"a\\\"b\"}");
		assertThat(shown(rig)).isEqualTo("\"a\\\"b\" \"a\\\"b\" a\"b");
		rig.connection().text("{\"s\":{\"x\":[1]},\"more\":true}");
		assertThat(shown(rig)).isEqualTo("{\"x\":[1]} \"{\\\"x\\\":[1]}\" {\"x\":[1]}");
		await().until(() -> rig.received.size() == 6);
	}

	@Test
	void acknowledgementsAreCapturedToo() {
		Rig rig = rig(Map.of("seq", new Capture("/messageId", "")),
				(builder) -> builder.delivery(DeliverySettings::atLeastOnce));
		rig.transport.autoOpen();
		rig.connect();
		for (int i = 0; i < 3; i++) {
			rig.client.send("x");
			List<String> ids = Acks.ids(rig);
			String last = ids.get(ids.size() - 1);
			Acks.ack(rig, last);
			assertThat(shown(rig)).endsWith(last);
		}
		Acks.assertEmpty(rig);
	}

	@Test
	void onlyMessagesOfTheMatcherTell() {
		Rig rig = rig(Map.of("seq", new Capture("~n=(\\d+)", "~^hello")), (builder) -> builder).connect();
		rig.connection().text("n=1");
		assertThat(shown(rig)).startsWith("null");
		rig.connection().text("hello n=2");
		assertThat(shown(rig)).isEqualTo("\"2\" \"2\" 2");
	}

	@Test
	void aMessageThatAStepTakesIsCapturedBeforeTheNextStep() {
		Rig rig = rig(Map.of("nonce", new Capture("/nonce", "")), (builder) -> builder
			.session((session) -> session.withSteps(List.of(step("", "/nonce"), step("{\"nonce\":{{nonce}}}", "")))));
		rig.client.connect();
		rig.connection().text("{\"nonce\":7}");
		assertThat(rig.connection().sentTexts()).containsExactly("{\"nonce\":7}");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void captureOutlivesConnections() {
		Rig rig = rig(Map.of("seq", SEQ), (builder) -> builder).connect();
		rig.connection().text("{\"s\":1}");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(shown(rig)).startsWith("1 ");
		rig.client.reconnect();
		assertThat(shown(rig)).startsWith("1 ");
		rig.client.suspend();
		rig.client.resume();
		assertThat(shown(rig)).startsWith("1 ");
	}

	@Test
	void resetForgets() {
		Rig rig = rig(Map.of("seq", SEQ),
				(builder) -> builder.reconnect(
						(reconnect) -> reconnect.withOnMessage(List.of(new OnMessage("/op = 9", ReconnectAction.RESET)))
							.withOnClose("4009", ReconnectAction.RESET)))
			.connect();
		rig.connection().text("{\"s\":1}");
		rig.connection().text("{\"op\":9,\"s\":2}");
		rig.advance(Duration.ofSeconds(1));
		assertThat(shown(rig)).startsWith("null ");
		rig.connection().text("{\"s\":3}");
		rig.connection().lose(4009);
		rig.advance(Duration.ofSeconds(2));
		assertThat(shown(rig)).startsWith("null ");
	}

	@Test
	void closedAndFailedForget() {
		Rig rig = rig(Map.of("seq", SEQ),
				(builder) -> builder.reconnect((reconnect) -> reconnect.withOnClose("4004", ReconnectAction.STOP)))
			.connect();
		rig.connection().text("{\"s\":1}");
		rig.client.disconnect();
		rig.connect();
		assertThat(shown(rig)).startsWith("null ");
		rig.connection().text("{\"s\":1}");
		rig.connection().lose(4004);
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		rig.connect();
		assertThat(shown(rig)).startsWith("null ");
	}

	@Test
	void aStepThatLacksACaptureEndsTheAttempt() {
		Rig rig = rig(Map.of("nonce", new Capture("/nonce", "")),
				(builder) -> builder.session((session) -> session.withSteps(List.of(step("{{nonce}}", "ok")))));
		rig.client.connect();
		assertThat(rig.attempts()).isOne();
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.client.getStatus().lastCause()).isInstanceOf(DisconnectCause.SupplyFailed.class);
		assertThat(rig.client.getStatus().lastCause().describe())
			.isEqualTo("no value for {{nonce}} of session.steps[0].send");
	}

	@Test
	void customizersSeeCapturesAndOverrideThem() {
		List<String> seen = new CopyOnWriteArrayList<>();
		Rig rig = rig(Map.of("seq", SEQ), (builder) -> builder.handshakeCustomizer((handshake) -> {
			seen.add(String.valueOf(handshake.getValue("seq")));
			if (seen.size() == 2) {
				handshake.setValue("seq", "mine");
			}
			handshake.setValue("twice", (values) -> values.apply("seq") + values.apply("seq"));
		}).session((session) -> session.withAutoReplies(List.of(SHOW, new AutoReply("twice", "{{twice:raw}}")))));
		rig.client.connect();
		await().until(() -> rig.state() == ConnectionState.READY);
		rig.connection().text("{\"s\":5}");
		rig.connection().text("twice");
		assertThat(rig.connection().sentTexts()).containsExactly("55");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		await().until(() -> rig.state() == ConnectionState.READY);
		assertThat(seen).containsExactly("null", "5");
		assertThat(shown(rig)).isEqualTo("\"mine\" \"mine\" mine");
	}

	@ParameterizedTest
	@CsvSource({ "user, '', session.captures.user, also a name under values",
			"now, '', session.captures.now, fill in {{now}} themselves",
			"a b, '', session.captures.a b, allowed are letters", "seq, '~(', session.captures.seq.when, not a regular",
			"seq, '', delivery.envelope, is a capture" })
	void aWrongCaptureIsRefused(String name, String when, String key, String reason) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig(Map.of(name, new Capture("/s", when)),
					(builder) -> builder.value("user", "me")
						.delivery((delivery) -> delivery.atLeastOnce()
							.withEnvelope("{{id}} {{payload}} {{seq|null}}", delivery.idType()))))
			.satisfies((ex) -> {
				assertThat(ex.getKey()).isEqualTo(key);
				assertThat(ex.getReason()).contains(reason);
			});
	}

	@Test
	void aTemplateMayNotUseAnUnknownName() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig(Map.of("seq", SEQ),
					(builder) -> builder.session((session) -> session.withSteps(List.of(step("{{sequence}}", ""))))))
			.withMessageContaining("unknown name, allowed are id, now, seq, uuid");
	}

	private static String shown(Rig rig) {
		rig.connection().text("show");
		List<String> sent = rig.connection().sentTexts();
		return sent.get(sent.size() - 1);
	}

	private static Step step(String send, String await) {
		return new Step(send, await, List.of());
	}

	private static Rig rig(Map<String, Capture> captures, UnaryOperator<Builder> settings) {
		return new Rig((builder) -> settings.apply(builder
			.session((session) -> new SessionSettings(session.timeout(), List.of(), List.of(SHOW), captures, ""))));
	}

}
