package io.github.resilientws.internal.answer;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Time, connections and bounds of questions over a scripted connection in virtual time.
 */
class QuestionDeadlineTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Test
	void aLateAnswerIsDropped() {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		QuestionRig rig = QuestionRig.answering(Map.of("slow", stage)).connect();
		rig.ask("1", "slow");
		await().until(() -> rig.received.size() == 1);
		rig.advance(TIMEOUT.minusMillis(1));
		assertThat(rig.connection().sentTexts()).isEmpty();
		rig.advance(Duration.ofMillis(1));
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"error\":\"no answer in time\"}");
		stage.complete(1);
		assertThat(rig.observed("question")).containsExactly("question TIMEOUT PT30S");
		assertThat(rig.connection().sentTexts()).hasSize(1);
	}

	@Test
	void theDeadlineAlsoHoldsForAQuestionThatWaitsForAListener() {
		CountDownLatch release = new CountDownLatch(1);
		QuestionRig rig = QuestionRig
			.of(QuestionRig.SETTINGS.withTimeout(Duration.ofSeconds(3)), (question, answer) -> {
				awaitLatch(release);
				answer.accept(1);
				return true;
			})
			.connect();
		rig.ask("1", "a");
		rig.advance(Duration.ofSeconds(1));
		rig.ask("2", "b");
		rig.advance(Duration.ofSeconds(2));
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"error\":\"no answer in time\"}");
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().sentTexts()).hasSize(2);
		release.countDown();
		await().until(() -> rig.received.size() == 2);
		assertThat(rig.observed("question")).containsExactly("question TIMEOUT PT3S", "question TIMEOUT PT3S");
		assertThat(rig.connection().sentTexts()).hasSize(2);
	}

	@Test
	void anAnswerGoesOnlyToTheConnectionThatAsked() {
		CompletableFuture<Object> first = new CompletableFuture<>();
		Map<String, Object> answers = new ConcurrentHashMap<>(Map.of("a", first));
		QuestionRig rig = QuestionRig.answering(answers).connect();
		rig.ask("1", "a");
		await().until(() -> rig.received.size() == 1);
		rig.advance(Duration.ofSeconds(2));
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		answers.put("a", 2);
		rig.ask("1", "a");
		await().until(() -> rig.connection(2).sentTexts().size() == 1);
		first.complete(1);
		rig.advance(TIMEOUT);
		assertThat(rig.observed("question")).containsExactly("question LOST PT2S", "question SUCCESS PT0S");
		assertThat(rig.connection(1).sentTexts()).isEmpty();
		assertThat(rig.connection(2).sentTexts()).containsExactly("{\"id\":1,\"result\":2}");
	}

	@Test
	void anAnswerThatIsNotWrittenIsLost() {
		QuestionRig rig = QuestionRig.answering(Map.of("a", 1)).connect();
		rig.connection().holdWrites();
		rig.ask("1", "a");
		await().until(() -> !rig.connection().sentTexts().isEmpty());
		assertThat(rig.observed("question")).isEmpty();
		rig.connection().lose(1006);
		assertThat(rig.observed("question")).containsExactly("question LOST PT0S");
	}

	@Test
	void aPeerThatAsksAndDoesNotReadGetsAThousandAnswers() {
		QuestionRig rig = QuestionRig.answering(Map.of("a", 1)).connect();
		rig.connection().holdWrites();
		for (int i = 0; i < 1001; i++) {
			rig.ask("" + i, "a");
		}
		await().until(() -> rig.observed("question").size() == 1);
		assertThat(rig.connection().sentTexts()).hasSize(1000);
		assertThat(rig.observed("question")).containsExactly("question LOST PT0S");
		rig.connection().releaseWrites();
		rig.ask("2000", "a");
		await().until(() -> rig.observed("question").size() == 1002);
		assertThat(rig.connection().sentTexts()).hasSize(1001);
	}

	@Test
	void anAnswerThatLacksAComputedValueEndsTheConnection() {
		QuestionRig rig = QuestionRig
			.of((builder) -> builder.handshakeCustomizer((handshake) -> handshake.setValue("signature", (values) -> {
				throw new IllegalStateException("s3cret");
			})), QuestionRig.SETTINGS.withError("{{signature}}"), QuestionRig.answer(Map.of()));
		rig.client.connect();
		await().until(() -> rig.state() == ConnectionState.READY);
		rig.ask("1", "a");
		await().until(() -> rig.state() == ConnectionState.BACKING_OFF);
		assertThat(rig.observed("disconnected")).containsExactly("disconnected SupplyFailed ValueComputationException");
		assertThat(rig.observed("question")).containsExactly("question LOST PT0S");
	}

	@Test
	void answersGoBeforeDataThatWaits() {
		QuestionRig rig = QuestionRig.answering(Map.of("a", 1)).connect();
		rig.connection().setWritable(false);
		rig.client.send("data");
		rig.ask("1", "a");
		await().until(() -> !rig.connection().sentTexts().isEmpty());
		rig.connection().setWritable(true);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"result\":1}", "data");
	}

	@Test
	void questionsAreAnsweredBeforeReady() {
		QuestionRig rig = QuestionRig.of(
				(builder) -> builder.session((session) -> session.withSteps(List.of(new Step("", "hi", List.of())))),
				QuestionRig.SETTINGS, QuestionRig.answer(Map.of("a", 1)));
		rig.client.connect();
		rig.ask("1", "a");
		await().until(() -> !rig.connection().sentTexts().isEmpty());
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
	}

	@Test
	void aClosingClientStillAnswersButDoesNotWaitForAnswers() {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		CompletableFuture<Object> never = new CompletableFuture<>();
		QuestionRig rig = QuestionRig.answering(Map.of("a", stage, "b", never)).connect();
		rig.ask("1", "a");
		rig.ask("2", "b");
		await().until(() -> rig.received.size() == 2);
		rig.connection().holdWrites();
		rig.client.send("held");
		rig.client.disconnect();
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		stage.complete(1);
		assertThat(rig.connection().sentTexts()).containsExactly("held", "{\"id\":1,\"result\":1}");
		rig.connection().releaseWrites();
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		never.complete(1);
		await().until(() -> rig.observed("question").size() == 2);
		assertThat(rig.observed("question")).containsExactlyInAnyOrder("question SUCCESS PT0S", "question LOST PT0S");
		assertThat(rig.connection().sentTexts()).hasSize(2);
	}

	@Test
	void aThousandQuestionsInProgressStopReading() {
		Map<String, Object> stages = new HashMap<>();
		IntStream.range(0, 1000).forEach((i) -> stages.put("" + i, new CompletableFuture<>()));
		QuestionRig rig = QuestionRig.answering(stages).connect();
		int timers = rig.rig.time.pendingTimers();
		for (int i = 0; i < 999; i++) {
			rig.ask("" + i, "" + i);
		}
		await().until(() -> rig.received.size() == 999);
		assertThat(rig.connection().isReading()).isTrue();
		rig.ask("999", "999");
		await().until(() -> rig.received.size() == 1000);
		assertThat(rig.connection().isReading()).isFalse();
		((CompletableFuture<?>) stages.get("5")).complete(null);
		assertThat(rig.connection().isReading()).isTrue();
		assertThat(rig.rig.time.pendingTimers()).isEqualTo(timers + 999);
		rig.ask("5", "5");
		await().until(() -> rig.connection().sentTexts().size() == 2);
		assertThat(rig.connection().isReading()).isTrue();
	}

	@Test
	void questionsOfALostConnectionCountUntilTheyAreAnsweredOrTheirTimeIsOver() {
		List<CompletableFuture<Object>> stages = new CopyOnWriteArrayList<>();
		QuestionRig rig = QuestionRig.of(QuestionRig.SETTINGS, (question, answer) -> {
			CompletableFuture<Object> stage = new CompletableFuture<>();
			stages.add(stage);
			answer.accept(stage);
			return true;
		}).connect();
		for (int i = 0; i < 1000; i++) {
			rig.ask("" + i, "a");
		}
		await().until(() -> stages.size() == 1000);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.connection(2).isReading()).isFalse();
		stages.get(0).complete(1);
		assertThat(rig.connection(2).isReading()).isTrue();
		rig.ask("1", "a");
		await().until(() -> stages.size() == 1001);
		assertThat(rig.connection(2).isReading()).isFalse();
		rig.advance(TIMEOUT.minusSeconds(1));
		assertThat(rig.connection(2).isReading()).isTrue();
		assertThat(rig.observed("question LOST")).hasSize(1000);
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
