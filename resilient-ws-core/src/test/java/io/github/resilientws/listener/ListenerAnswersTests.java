package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.resilientws.DescribedFailure;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which listener method answers a question of the server, and when.
 */
class ListenerAnswersTests {

	private final List<Object> answers = new ArrayList<>();

	@Test
	void theFirstMethodWithAValueAnswersWhenItReturns() {
		try (ListenerContext context = ListenerContext.started(Received.class, Several.class)) {
			Received received = context.getBean(Received.class);
			assertThat(ask(context, "{\"type\":\"order\"}", received)).isTrue();
			assertThat(received.values()).containsExactly("void", "first", "answer 1", "second");
		}
	}

	@Test
	void methodsThatDoNotMatchDoNotAnswer() {
		try (ListenerContext context = ListenerContext.started(Received.class, Several.class)) {
			assertThat(ask(context, "{\"type\":\"second\"}")).isTrue();
			assertThat(ask(context, "{\"type\":\"unknown\"}")).isFalse();
			assertThat(ask(context, "{\"type\":\"located\"}")).isFalse();
			assertThat(ask(context, "{\"type\":\"located\",\"data\":7}")).isTrue();
			assertThat(this.answers).containsExactly(2, "located 7");
		}
	}

	@Test
	void voidMethodsHandleAQuestionWithoutAnAnswer() {
		try (ListenerContext context = ListenerContext.started(Received.class, Several.class)) {
			Received received = context.getBean(Received.class);
			assertThat(ask(context, "{\"type\":\"ack\"}", received)).isTrue();
			assertThat(received.values()).containsExactly("ack 1", "ack 2");
		}
	}

	@Test
	void aStageIsPassedOnAsItIs() {
		try (ListenerContext context = ListenerContext.started(Received.class, Several.class)) {
			assertThat(ask(context, "{\"type\":\"stage\"}")).isTrue();
			assertThat(this.answers).containsExactly(Several.STAGE);
		}
	}

	@Test
	void aVoidMethodThatFailsLeavesTheQuestionUnanswered() {
		try (ListenerContext context = ListenerContext.started(Failing.class)) {
			assertThatIllegalStateException().isThrownBy(() -> ask(context, "{\"type\":\"void\"}"));
			assertThat(this.answers).isEmpty();
		}
	}

	@Test
	void theFailureOfTheMethodThatAnswersComesFirst() {
		try (ListenerContext context = ListenerContext.started(Failing.class)) {
			assertThatIllegalArgumentException().isThrownBy(() -> ask(context, "{\"type\":\"value\"}"))
				.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
					.isInstanceOf(IllegalStateException.class));
			assertThat(this.answers).isEmpty();
		}
	}

	@Test
	void aFailureOfAnotherMethodDoesNotReplaceAnAnswer() {
		try (ListenerContext context = ListenerContext.started(Failing.class)) {
			assertThatIllegalStateException().isThrownBy(() -> ask(context, "{\"type\":\"other\"}"));
			assertThat(this.answers).containsExactly("fine");
		}
	}

	@Test
	void aPayloadThatCannotBeReadIsDescribedForTheServer() {
		try (ListenerContext context = ListenerContext.started(Failing.class)) {
			assertThat(Assertions.catchThrowable(() -> ask(context, "{\"type\":\"number\",\"data\":\"s3cret\"}")))
				.isInstanceOfSatisfying(DescribedFailure.class,
						(failure) -> assertThat(failure.getDescription()).isEqualTo("the payload cannot be read"));
		}
	}

	@Test
	void valuesAreIgnoredForOtherMessages() {
		try (ListenerContext context = ListenerContext.started(Received.class, Several.class)) {
			context.receive("chat", "{\"type\":\"order\"}");
			assertThat(context.getBean(Received.class).values()).containsExactly("void", "first", "second");
		}
	}

	private boolean ask(ListenerContext context, String text) {
		return ask(context, text, new Received());
	}

	private boolean ask(ListenerContext context, String text, Received received) {
		QuestionListener listener = (QuestionListener) context.clients().get("chat").listeners.get(0);
		return listener.onQuestion(InboundMessage.text(text), (answer) -> {
			this.answers.add((answer != null) ? answer : "null");
			received.add("answer " + answer);
		});
	}

	static class Several {

		static final CompletableFuture<String> STAGE = new CompletableFuture<>();

		private final Received received;

		Several(Received received) {
			this.received = received;
		}

		@WebSocketListener(client = "chat", when = "/type = order")
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void observe() {
			this.received.add("void");
		}

		@WebSocketListener(client = "chat", when = "/type = order")
		@Order(1)
		int first() {
			this.received.add("first");
			return 1;
		}

		@WebSocketListener(client = "chat", when = "/type = order || /type = second")
		@Order(2)
		int second() {
			this.received.add("second");
			return 2;
		}

		@WebSocketListener(client = "chat", when = "/type = located", payload = "/data")
		String located(int data) {
			return "located " + data;
		}

		@WebSocketListener(client = "chat", when = "/type = ack")
		void acknowledge() {
			this.received.add("ack 1");
		}

		@WebSocketListener(client = "chat", when = "/type = ack")
		void acknowledgeToo() {
			this.received.add("ack 2");
		}

		@WebSocketListener(client = "chat", when = "/type = stage")
		CompletableFuture<String> stage() {
			return STAGE;
		}

	}

	static class Failing {

		@WebSocketListener(client = "chat", when = "/type = void || /type = value || /type = other")
		@Order(1)
		void fail() {
			throw new IllegalStateException();
		}

		@WebSocketListener(client = "chat", when = "/type = value")
		@Order(2)
		@Nullable String failToo() {
			throw new IllegalArgumentException();
		}

		@WebSocketListener(client = "chat", when = "/type = value || /type = other")
		@Order(3)
		String succeed() {
			return "fine";
		}

		@WebSocketListener(client = "chat", when = "/type = number", payload = "/data")
		int number(int data) {
			return data;
		}

	}

}
