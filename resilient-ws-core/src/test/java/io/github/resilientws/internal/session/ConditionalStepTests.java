package io.github.resilientws.internal.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Unit;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for steps that are skipped, repeated or visible.
 */
class ConditionalStepTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Step RESUME = step("resume {{session}}", "~resumed").withOnlyIf("session");

	private static final Step LOGIN = step("login", "/session").withUnless("session");

	@Test
	void aStepIsTakenOrSkippedByTheValueAtItsBegin() {
		Rig rig = rig(List.of(RESUME, LOGIN), List.of());
		rig.client.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("login");
		rig.connection().text("{\"session\":\"s1\"}");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().sentTexts()).containsExactly("resume \"s1\"");
		rig.connection().text("resumed");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void aConditionSeesWhatTheStepBeforeCaptured() {
		Rig rig = rig(List.of(step("", "~hello"), RESUME), List.of());
		rig.client.connect();
		rig.connection().text("{\"hello\":1,\"session\":2}");
		assertThat(rig.connection().sentTexts()).containsExactly("resume 2");
	}

	@Test
	void aValueOfTheCustomizerIsACondition() {
		Rig rig = new Rig((builder) -> builder.handshakeCustomizer((handshake) -> handshake.setValue("token", "t"))
			.session((session) -> session.withSteps(List.of(step("with {{token:raw}}", "").withOnlyIf("token"),
					step("without {{other}}", "").withOnlyIf("other")))));
		rig.client.connect();
		await().until(() -> rig.state() == ConnectionState.READY);
		assertThat(rig.connection().sentTexts()).containsExactly("with t");
	}

	@Test
	void aSkippedStepRefusesNothing() {
		Step skipped = new Step("no", "never", List.of(new FailOn("error", ReconnectAction.STOP)))
			.withOnlyIf("session");
		Rig rig = rig(List.of(skipped, step("", "/session")), List.of());
		rig.client.connect();
		rig.connection().text("error");
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
	}

	@ParameterizedTest
	@CsvSource({ "session, true", "user, true", "sesion, false", "id, false" })
	void aConditionNamesACaptureOrAValue(String name, boolean known) {
		Step step = step("x", "").withUnless(name);
		if (known) {
			rig(List.of(step), List.of());
			return;
		}
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> rig(List.of(step), List.of()))
			.satisfies((ex) -> {
				assertThat(ex.getKey()).isEqualTo("session.steps[0].unless");
				assertThat(ex.getValue()).isEqualTo(name);
				assertThat(ex.getReason()).contains("allowed are session, user");
			});
	}

	@Test
	void listenersSeeMessagesThatAreNotHidden() {
		Rig rig = rig(List.of(step("", "one"), step("", "two").withHidden(false)),
				List.of(new AutoReply("ask", "answer", false), new AutoReply("quiet", "answer")));
		rig.client.connect();
		rig.connection().text("one");
		rig.connection().text("two");
		rig.connection().text("quiet");
		rig.connection().text("ask");
		await().until(() -> rig.received.size() == 2);
		assertThat(rig.received).containsExactly("two", "ask");
		assertThat(rig.connection().sentTexts()).containsExactly("answer", "answer");
	}

	@Test
	void aStepIsRepeatedAfterItsWaitAndTheTimeOutStartsAgain() {
		Rig rig = rig(List.of(new Step("boot", "accepted", List.of(FailOn.repeat("pending", Duration.ofMinutes(5))))),
				List.of());
		rig.client.connect();
		rig.advance(Duration.ofSeconds(29));
		rig.connection().text("pending");
		rig.connection().text("pending");
		rig.advance(Duration.ofMinutes(5).minusMillis(1));
		assertThat(rig.connection().sentTexts()).containsExactly("boot");
		rig.advanceMillis(1);
		assertThat(rig.connection().sentTexts()).containsExactly("boot", "boot");
		rig.advance(TIMEOUT.minusMillis(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.connection().text("accepted");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(Duration.ofMinutes(10));
		assertThat(rig.connection().sentTexts()).containsExactly("boot", "boot");
		assertThat(rig.received).isEmpty();
	}

	@Test
	void aRepeatedStepTimesOutToo() {
		Rig rig = rig(List.of(new Step("boot", "accepted", List.of(FailOn.repeat("pending", Duration.ofMinutes(5))))),
				List.of());
		rig.client.connect();
		rig.connection().text("pending");
		rig.advance(Duration.ofMinutes(5).plus(TIMEOUT).minusMillis(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.advanceMillis(1);
		assertThat(rig.client.getStatus().lastCause().describe()).contains("session.steps[0] timed out");
		rig.transport.pending();
		rig.advance(Duration.ofMinutes(5));
		assertThat(rig.connection(1).sentTexts()).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "'', 40", "',\"interval\":7', 7" })
	void withoutAWaitTheHeartbeatIntervalInForceCounts(String more, int seconds) {
		Rig rig = new Rig((builder) -> builder
			.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(40))
				.withIntervalFrom("/interval")
				.withUnit(Unit.S)
				.withMode(HeartbeatSettings.Mode.PASSIVE))
			.session((session) -> session
				.withSteps(List.of(new Step("boot", "/ok", List.of(FailOn.repeat("/pending", null)))))));
		rig.client.connect();
		rig.connection().text("{\"pending\":1" + more + "}");
		rig.advance(Duration.ofSeconds(seconds).minusMillis(1));
		assertThat(rig.connection().sentTexts()).hasSize(1);
		rig.advanceMillis(1);
		assertThat(rig.connection().sentTexts()).hasSize(2);
	}

	@Test
	void theEndOfTheConnectionEndsTheRepetition() {
		Rig rig = rig(List.of(new Step("boot", "accepted", List.of(FailOn.repeat("pending", Duration.ofMinutes(5))))),
				List.of());
		rig.client.connect();
		rig.connection().text("pending");
		rig.client.suspend();
		rig.advance(Duration.ofMinutes(10));
		assertThat(rig.connection().sentTexts()).hasSize(1);
	}

	private static Step step(String send, String await) {
		return new Step(send, await, List.of());
	}

	private static Rig rig(List<Step> steps, List<AutoReply> replies) {
		UnaryOperator<SessionSettings> session = (settings) -> new SessionSettings(TIMEOUT, steps, replies,
				Map.of("session", new Capture("/session", "")), "");
		return new Rig((builder) -> builder.value("user", "me")
			.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.OFF))
			.session(session));
	}

}
