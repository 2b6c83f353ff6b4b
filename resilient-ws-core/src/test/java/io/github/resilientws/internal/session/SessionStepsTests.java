package io.github.resilientws.internal.session;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The steps from the handshake to readiness, and automatic replies.
 */
class SessionStepsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Step LOGIN = step("{\"login\":{{user}}}", "/type = welcome");

	private static final AutoReply TIME = new AutoReply("/ask = time", "{\"time\":{{now}}}");

	@Test
	void takesStepByStepAndThenTheBacklog() {
		Rig rig = rig(List.of(LOGIN, step("hello", ""), step("", "/type = go"), step("last", "")), List.of());
		rig.client.send("first");
		rig.client.connect();
		rig.client.send("second");
		assertThat(rig.connection().sentTexts()).containsExactly("{\"login\":\"me\"}");
		rig.connection().text("{\"type\":\"go\"}");
		assertThat(rig.connection().sentTexts()).hasSize(1);
		rig.connection().text("{\"type\":\"welcome\"}");
		assertThat(rig.connection().sentTexts()).containsExactly("{\"login\":\"me\"}", "hello");
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.connection().text("{\"type\":\"go\",\"more\":1}");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"login\":\"me\"}", "hello", "last", "first",
				"second");
		rig.connection().text("end");
		await().until(() -> rig.received.contains("end"));
		assertThat(rig.received).containsExactly("{\"type\":\"go\"}", "end");
	}

	@Test
	void listenersDoNotSeeAnswersOfStepsButAllElse() {
		Rig rig = rig(List.of(LOGIN), List.of());
		rig.client.connect();
		rig.connection().text("{\"type\":\"news\"}");
		rig.connection().text("{\"type\":\"welcome\"}");
		rig.connection().text("{\"type\":\"welcome\"}");
		await().until(() -> rig.received.size() == 2);
		assertThat(rig.received).containsExactly("{\"type\":\"news\"}", "{\"type\":\"welcome\"}");
	}

	@Test
	void stepsThatAwaitNothingLeadToReadyAtOnce() {
		Rig rig = rig(List.of(step("one", ""), step("two", "")), List.of());
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("one", "two");
		assertThat(rig.time.untilNextTimer()).isEqualTo(TIMEOUT);
	}

	@Test
	void stepsAreTakenAnewOnEachConnection() {
		Rig rig = rig(List.of(LOGIN), List.of());
		rig.client.connect();
		rig.connection().text("{\"type\":\"welcome\"}");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"login\":\"me\"}");
	}

	@Test
	void theTimeOutHoldsForAllStepsTogether() {
		Rig rig = rig(List.of(LOGIN, step("", "/type = go")), List.of());
		rig.client.connect();
		rig.advance(Duration.ofSeconds(29));
		rig.connection().text("{\"type\":\"welcome\"}");
		rig.advance(Duration.ofSeconds(1).minusNanos(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.advance(Duration.ofNanos(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.client.getStatus().lastCause())
			.isEqualTo(new DisconnectCause.Closed(1008, "session.steps[1] timed out", false));
		assertThat(rig.connection().closeCode()).isEqualTo(1008);
	}

	@ParameterizedTest
	@CsvSource({ "RETRY, BACKING_OFF, PT1S", "RETRY_SLOW, BACKING_OFF, PT30S", "STOP, FAILED,",
			"REFRESH, BACKING_OFF, PT30S" })
	void anAnswerOfFailOnEndsTheAttempt(ReconnectAction action, ConnectionState then, Duration delay) {
		Step step = new Step("login", "~welcome", List.of(new FailOn("/error", action), new FailOn("no", action)));
		Rig rig = rig(List.of(step), List.of());
		rig.client.connect();
		rig.connection().text("{\"error\":\"welcome?\"}");
		assertThat(rig.state()).isEqualTo(then);
		assertThat(rig.connection().closeCode()).isEqualTo(1008);
		assertThat(rig.observed("disconnected"))
			.containsExactly("disconnected Closed 1008 by us: session.steps[0] was refused");
		assertThat(rig.observed("scheduled")).isEqualTo((delay != null)
				? List.of("scheduled 2 " + delay + " Closed 1008 by us: session.steps[0] was refused") : List.of());
		rig.connection().text("welcome");
		assertThat(rig.state()).isEqualTo(then);
	}

	@Test
	void failOnIsOverWithItsStep() {
		Step step = new Step("login", "ok", List.of(new FailOn("no", ReconnectAction.STOP)));
		Rig rig = rig(List.of(step), List.of());
		rig.client.connect();
		rig.connection().text("ok");
		rig.connection().text("no");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		await().until(() -> rig.received.contains("no"));
	}

	@Test
	void questionsAreAnsweredBeforeAndAfterReady() {
		Rig rig = rig(List.of(LOGIN), List.of(TIME));
		rig.client.connect();
		rig.advance(Duration.ofSeconds(1));
		rig.connection().text("{\"ask\":\"time\"}");
		rig.connection().text("{\"type\":\"welcome\"}");
		rig.advance(Duration.ofSeconds(1));
		rig.connection().text("{\"ask\":\"time\"}");
		long start = Rig.START.toEpochMilli();
		assertThat(rig.connection().sentTexts()).containsExactly("{\"login\":\"me\"}",
				"{\"time\":" + (start + 1000) + "}", "{\"time\":" + (start + 2000) + "}");
		rig.connection().text("{\"ask\":\"other\"}");
		rig.connection().text("{broken");
		await().until(() -> rig.received.contains("{broken"));
		assertThat(rig.received).containsExactly("{\"ask\":\"other\"}", "{broken");
		assertThat(rig.client.getStatistics().getMessagesSent()).isZero();
	}

	@Test
	void aReplyTakesValuesFromTheQuestion() {
		Rig rig = rig(List.of(),
				List.of(new AutoReply("/op = ping", "{\"op\":\"pong\",\"id\":{{/id}},\"t\":\"{{/t}}\"}")));
		rig.connect().connection().text("{\"op\":\"ping\",\"id\":[1],\"t\":\"a\"}");
		rig.connection().text("{\"op\":\"ping\"}");
		assertThat(rig.connection().sentTexts()).containsExactly("{\"op\":\"pong\",\"id\":[1],\"t\":\"a\"}",
				"{\"op\":\"pong\",\"id\":null,\"t\":\"null\"}");
	}

	@Test
	void aComputedValueIsComputedForEachText() {
		Rig rig = new Rig((builder) -> builder.value("key", "k")
			.handshakeCustomizer((handshake) -> handshake.setValue("signature",
					(values) -> values.apply("key") + values.apply("now")))
			.session((session) -> new SessionSettings(TIMEOUT, List.of(step("{{signature:raw}} {{now}}", "")),
					List.of(new AutoReply("again", "{{signature:raw}}")))));
		rig.client.connect();
		await().until(() -> rig.state() == ConnectionState.READY);
		rig.advance(Duration.ofMillis(5));
		rig.connection().text("again");
		long start = Rig.START.toEpochMilli();
		assertThat(rig.connection().sentTexts()).containsExactly("k" + start + " " + start, "k" + (start + 5));
	}

	@Test
	void aComputedValueThatFailsEndsTheConnection() {
		Rig rig = new Rig(
				(builder) -> builder.handshakeCustomizer((handshake) -> handshake.setValue("signature", (values) -> {
					throw new IllegalStateException("s3cret");
				})).session((session) -> new SessionSettings(TIMEOUT, List.of(step("{{signature}}", "")), List.of())));
		rig.client.connect();
		await().until(() -> rig.client.getStatus().lastCause() instanceof DisconnectCause.SupplyFailed);
		assertThat(rig.observed("disconnected")).containsExactly("disconnected SupplyFailed ValueComputationException");
	}

	private static Step step(String send, String await) {
		return new Step(send, await, List.of());
	}

	private static Rig rig(List<Step> steps, List<AutoReply> replies) {
		return new Rig((builder) -> builder.value("user", "me")
			.session((session) -> new SessionSettings(TIMEOUT, steps, replies)));
	}

}
