package io.github.resilientws.internal.answer;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketMessageListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages of a subscription that are questions, too.
 */
class SubscribedQuestionTests {

	// answers to "a" with 1
	private final QuestionRig rig = QuestionRig
		.of((builder) -> builder.subscription(
				(subscription) -> subscription.withSend("{\"sub\":{{destination}}}").withMessageKey("/topic")),
				QuestionRig.SETTINGS, QuestionRig.answer(Map.of("a", 1)))
		.connect();

	@Test
	void listenerOfTheSubscriptionAnswersFirst() {
		subscribe(QuestionRig.methods(QuestionRig.answer(Map.of("a", 2, "b", 3))));
		ask("a");
		assertAnswer("{\"id\":7,\"result\":2}");
	}

	@Test
	void itsReturnIsAnAnswer() {
		subscribe(QuestionRig.methods((question, answer) -> true));
		ask("b");
		assertAnswer("{\"id\":7,\"result\":null}");
	}

	@Test
	void anotherListenerHasTheValueIfItHasNone() {
		subscribe(QuestionRig.methods((question, answer) -> true));
		ask("a");
		assertAnswer("{\"id\":7,\"result\":1}");
	}

	@Test
	void listenerThatCannotAnswerOnlyObserves() {
		subscribe((message) -> {
			throw new IllegalStateException();
		});
		ask("a");
		assertAnswer("{\"id\":7,\"result\":1}");
		assertThat(this.rig.failures).containsExactly("IllegalStateException");
	}

	private void subscribe(WebSocketMessageListener listener) {
		this.rig.client.subscribe(OutboundMessage.empty().withDestination("t"), listener);
	}

	private void ask(String name) {
		this.rig.connection().text("{\"topic\":\"t\",\"ask\":\"" + name + "\",\"id\":7}");
	}

	private void assertAnswer(String answer) {
		await().untilAsserted(
				() -> assertThat(this.rig.connection().sentTexts()).containsExactly("{\"sub\":\"t\"}", answer));
	}

}
