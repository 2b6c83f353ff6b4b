package io.github.resilientws.internal.answer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Questions of the server over a scripted connection in virtual time.
 */
class QuestionTests {

	@Test
	void aValueIsWrittenAsJson() {
		QuestionRig rig = QuestionRig
			.answering(Map.of("text", "a\"b", "number", 7, "object", Map.of("a", List.of(1, 2))))
			.connect();
		rig.ask("1", "text");
		rig.ask("2", "number");
		rig.ask("3", "object");
		await().until(() -> rig.connection().sentTexts().size() == 3);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"result\":\"a\\\"b\"}",
				"{\"id\":2,\"result\":7}", "{\"id\":3,\"result\":{\"a\":[1,2]}}");
		assertThat(rig.observed("question")).containsExactly("question SUCCESS PT0S", "question SUCCESS PT0S",
				"question SUCCESS PT0S");
		assertThat(rig.client.getStatistics().getMessagesReceived()).isEqualTo(3);
		assertThat(rig.client.getStatistics().getMessagesSent()).isZero();
	}

	@Test
	void nullIsAJsonNullOrTheTextOfTheTemplate() {
		QuestionRig rig = QuestionRig.answering(Collections.singletonMap("nothing", null)).connect();
		rig.ask("1", "nothing");
		await().until(() -> rig.connection().sentTexts().equals(List.of("{\"id\":1,\"result\":null}")));
		QuestionRig other = QuestionRig
			.of(QuestionRig.SETTINGS.withReply("{{/id}} {{payload|[]}}"),
					QuestionRig.answer(Collections.singletonMap("nothing", null)))
			.connect();
		other.ask("1", "nothing");
		await().until(() -> other.connection().sentTexts().equals(List.of("1 []")));
	}

	@Test
	void withoutAValueTheAnswerIsNullWhenAllListenersHaveReturned() {
		QuestionRig rig = QuestionRig.of(QuestionRig.SETTINGS, (question, answer) -> true).connect();
		rig.ask("1", "void");
		await().until(() -> rig.connection().sentTexts().equals(List.of("{\"id\":1,\"result\":null}")));
	}

	@ParameterizedTest
	@CsvSource({ "true, 7", "false, null" })
	void listenersOfASubscriptionAnswerToo(boolean value, String result) {
		QuestionRig rig = QuestionRig
			.of((builder) -> builder.subscription(
					(subscription) -> subscription.withSend("sub {{destination:raw}}").withMessageKey("/ask")),
					QuestionRig.SETTINGS, (question, answer) -> false)
			.connect();
		rig.client.subscribe("a", new QuestionRig.Methods((question, answer) -> true));
		rig.client.subscribe("a", new QuestionRig.Methods((question, answer) -> {
			if (value) {
				answer.accept(7);
			}
			return true;
		}));
		rig.client.subscribe("a", (message) -> {
		});
		rig.ask("1", "a");
		await().until(() -> rig.connection().sentTexts().size() == 2);
		assertThat(rig.connection().sentTexts()).containsExactly("sub a", "{\"id\":1,\"result\":" + result + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"ask":"a","id":"x\\"y"}     | {"id":"x\\"y","result":1,"again":"x\\"y","no":null}
			{"ask":"a","id":{"a":[1]}}   | {"id":{"a":[1]},"result":1,"again":"{\\"a\\":[1]}","no":null}
			{"ask":"a","id":1e400}       | {"id":1e400,"result":1,"again":"1e400","no":null}
			{"ask":"a","id":null}        | {"id":null,"result":1,"again":"null","no":null}
			{"ask":"a","id":"\\u0000"}   | {"id":"\\u0000","result":1,"again":"\\u0000","no":null}
			""")
	void anIdOfAnyKindIsRepeated(String question, String answer) {
		QuestionRig rig = QuestionRig
			.of(QuestionRig.SETTINGS.withReply(
					"{\"id\":{{/id}},\"result\":{{payload}},\"again\":\"{{/id}}\",\"no\":{{/no/0/such~1thing}}}"),
					QuestionRig.answer(Map.of("a", 1)))
			.connect();
		rig.connection().text(question);
		await().until(() -> !rig.connection().sentTexts().isEmpty());
		assertThat(rig.connection().sentTexts()).containsExactly(answer);
	}

	@Test
	void templatesHaveTheValuesOfTheConnection() {
		QuestionRig rig = QuestionRig
			.of((builder) -> builder.value("key", "k"),
					QuestionRig.SETTINGS.withReply("{{key}} {{now}} {{id}} {{/id}} {{payload}}"),
					QuestionRig.answer(Map.of("a", 1)))
			.connect();
		rig.ask("8", "a");
		await().until(() -> !rig.connection().sentTexts().isEmpty());
		assertThat(rig.connection().sentTexts()).containsExactly("\"k\" " + Rig.START.toEpochMilli() + " 1 8 1");
	}

	@Test
	void aStageAnswersWhenItCompletesAndDoesNotHoldTheNextQuestion() {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		QuestionRig rig = QuestionRig.answering(Map.of("slow", stage, "quick", 2)).connect();
		rig.ask("1", "slow");
		rig.advance(Duration.ofSeconds(5));
		rig.ask("2", "quick");
		await().until(() -> rig.connection().sentTexts().size() == 1);
		stage.complete(1);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":2,\"result\":2}", "{\"id\":1,\"result\":1}");
		assertThat(rig.observed("question")).containsExactly("question SUCCESS PT0S", "question SUCCESS PT5S");
	}

	@Test
	void aFailureIsAnsweredWithoutItsTextAndGoesToTheErrorHandler() {
		Map<String, Object> answers = new HashMap<>();
		answers.put("thrown", new IllegalStateException("s3cret"));
		answers.put("stage", CompletableFuture.failedFuture(new IllegalArgumentException("s3cret")));
		answers.put("dependent", CompletableFuture.supplyAsync(() -> {
			throw new UnsupportedOperationException("s3cret");
		}));
		answers.put("described", new QuestionRig.Refusal());
		answers.put("unwritable", new QuestionRig.Unwritable(1));
		answers.put("unwritable stage", CompletableFuture.completedFuture(answers.get("unwritable")));
		QuestionRig rig = QuestionRig.answering(answers).connect();
		for (String name : List.of("thrown", "stage", "dependent", "described", "unwritable", "unwritable stage")) {
			int before = rig.connection().sentTexts().size();
			rig.ask("\"" + name + "\"", name);
			await().until(() -> rig.connection().sentTexts().size() > before);
		}
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":\"thrown\",\"error\":\"internal error\"}",
				"{\"id\":\"stage\",\"error\":\"internal error\"}",
				"{\"id\":\"dependent\",\"error\":\"internal error\"}",
				"{\"id\":\"described\",\"error\":\"no such meter\"}",
				"{\"id\":\"unwritable\",\"error\":\"internal error\"}",
				"{\"id\":\"unwritable stage\",\"error\":\"internal error\"}");
		await().until(() -> rig.failures.size() == 6);
		assertThat(rig.failures).containsExactlyInAnyOrder("IllegalStateException", "IllegalArgumentException",
				"UnsupportedOperationException", "Refusal", "MessageConversionException", "MessageConversionException");
		assertThat(rig.observed("question")).hasSize(6).allMatch((line) -> line.startsWith("question FAILURE"));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void aValueThatTheTemplateCannotWriteIsAFailure() {
		QuestionRig rig = QuestionRig
			.of(QuestionRig.SETTINGS.withReply("{\"id\":{{/id}}{{payload:members}}}"),
					QuestionRig.answer(Map.of("a", 7)))
			.connect();
		rig.ask("1", "a");
		await().until(() -> rig.failures.size() == 1);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"error\":\"internal error\"}");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed("question")).containsExactly("question FAILURE PT0S");
	}

	@Test
	void withoutATemplateNothingIsSentAndTheValueIsNotConverted() {
		QuestionRig rig = QuestionRig
			.of(QuestionRig.SETTINGS.withReply("{\"ack\":{{/id}}}").withError(""),
					QuestionRig.answer(Map.of("fails", new IllegalStateException(), "a", new Object())))
			.connect();
		rig.ask("1", "fails");
		rig.ask("2", "unknown");
		rig.ask("3", "a");
		await().until(() -> rig.observed("question").size() == 3);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"ack\":3}");
		assertThat(rig.observed("question")).containsExactly("question FAILURE PT0S", "question UNHANDLED PT0S",
				"question SUCCESS PT0S");
	}

	@Test
	void aQuestionThatNoMethodHandlesHasAnAnswerOfItsOwn() {
		QuestionRig rig = QuestionRig.answering(Map.of()).connect();
		rig.ask("1", "a");
		QuestionRig own = QuestionRig
			.of(QuestionRig.SETTINGS.withUnhandled("{\"id\":{{/id}},\"unknown\":true}"), QuestionRig.answer(Map.of()))
			.connect();
		own.ask("1", "a");
		await().until(() -> own.connection().sentTexts().size() + rig.connection().sentTexts().size() == 2);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"error\":\"not supported\"}");
		assertThat(own.connection().sentTexts()).containsExactly("{\"id\":1,\"unknown\":true}");
		assertThat(own.observed("question")).containsExactly("question UNHANDLED PT0S");
	}

	@Test
	void otherListenersOnlyObserve() {
		QuestionRig rig = QuestionRig.of(QuestionRig.SETTINGS, (question, answer) -> false).connect();
		rig.ask("1", "a");
		await().until(() -> !rig.connection().sentTexts().isEmpty());
		assertThat(rig.received).containsExactly("{\"ask\":\"a\",\"id\":1}");
		assertThat(rig.observed("question")).containsExactly("question UNHANDLED PT0S");
	}

	@Test
	void aMessageOfTheProtocolIsNoQuestion() {
		QuestionRig rig = QuestionRig.of(
				(builder) -> builder.session((session) -> new SessionSettings(session.timeout(), List.of(),
						List.of(new AutoReply("/ask = time", "now")))),
				QuestionRig.SETTINGS, QuestionRig.answer(Map.of("time", 1, "a", 2)))
			.connect();
		rig.ask("1", "time");
		rig.connection().text("{\"ask\":\"no id\"}");
		rig.ask("2", "a");
		await().until(() -> rig.received.size() == 2);
		await().until(() -> rig.connection().sentTexts().size() == 2);
		assertThat(rig.connection().sentTexts()).containsExactly("now", "{\"id\":2,\"result\":2}");
	}

	@Test
	void aHundredQuestionsOfAllKinds() {
		Map<String, Object> answers = new HashMap<>();
		Map<Integer, String> expected = new HashMap<>();
		List<CompletableFuture<Object>> stages = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			String id = "{\"id\":" + i + ",";
			switch (i % 5) {
				case 0 -> {
					answers.put("" + i, i);
					expected.put(i, id + "\"result\":" + i + "}");
				}
				case 1 -> {
					answers.put("" + i, null);
					expected.put(i, id + "\"result\":null}");
				}
				case 2 -> {
					stages.add(new CompletableFuture<>());
					answers.put("" + i, stages.get(stages.size() - 1));
					expected.put(i, id + "\"result\":\"later\"}");
				}
				case 3 -> {
					answers.put("" + i, new QuestionRig.Refusal());
					expected.put(i, id + "\"error\":\"no such meter\"}");
				}
				default -> {
					answers.put("" + i, new CompletableFuture<>());
					expected.put(i, id + "\"error\":\"no answer in time\"}");
				}
			}
		}
		QuestionRig rig = QuestionRig.answering(answers).connect();
		for (int i = 0; i < 100; i++) {
			rig.ask("" + i, "" + i);
		}
		await().until(() -> rig.connection().sentTexts().size() == 60);
		Collections.reverse(stages);
		stages.forEach((stage) -> stage.complete("later"));
		assertThat(rig.connection().sentTexts()).hasSize(80);
		rig.advance(Duration.ofSeconds(30));
		assertThat(rig.connection().sentTexts()).containsExactlyInAnyOrderElementsOf(expected.values());
		assertThat(
				rig.observed("question").stream().collect(Collectors.groupingBy((line) -> line, Collectors.counting())))
			.isEqualTo(
					Map.of("question SUCCESS PT0S", 60L, "question FAILURE PT0S", 20L, "question TIMEOUT PT30S", 20L));
	}

}
