package io.github.resilientws.internal.answer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DescribedFailure;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.listener.QuestionListener;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.InboundRequestSettings;
import io.github.resilientws.test.ScriptedConnection;

/**
 * A client in virtual time whose listener answers questions.
 */
final class QuestionRig {

	static final InboundRequestSettings SETTINGS = InboundRequestSettings.DEFAULTS.withWhen("/ask && /id")
		.withReply("{\"id\":{{/id}},\"result\":{{payload}}}")
		.withError("{\"id\":{{/id}},\"error\":{{error}}}");

	final List<String> failures = new CopyOnWriteArrayList<>();

	final Rig rig;

	final List<String> received;

	final ResilientWebSocketClient client;

	private QuestionRig(UnaryOperator<Builder> more, InboundRequestSettings settings, Answers answers) {
		this.rig = new Rig((builder) -> more.apply(builder)
			.inbound((inbound) -> inbound.withRequest(settings))
			.listenerErrorHandler((client, message, failure) -> this.failures.add(failure.getClass().getSimpleName())));
		this.received = this.rig.received;
		this.client = this.rig.client;
		this.client.addListener(methods(answers));
	}

	static QuestionRig of(UnaryOperator<Builder> more, InboundRequestSettings settings, Answers answers) {
		return new QuestionRig(more, settings, answers);
	}

	static QuestionRig of(InboundRequestSettings settings, Answers answers) {
		return new QuestionRig((builder) -> builder, settings, answers);
	}

	static QuestionRig answering(Map<String, @Nullable Object> answers) {
		return of(SETTINGS, answer(answers));
	}

	/**
	 * Answer by name: with the value, or by throwing it if it is an exception; other
	 * questions are not handled.
	 */
	static Answers answer(Map<String, @Nullable Object> answers) {
		return (question, answer) -> {
			String name = question.text().replaceAll("^.*\"ask\":\"([^\"]*)\".*$", "$1");
			if (!answers.containsKey(name)) {
				return false;
			}
			Object value = answers.get(name);
			if (value instanceof RuntimeException failure) {
				throw failure;
			}
			answer.accept(value);
			return true;
		};
	}

	static QuestionListener methods(Answers answers) {
		return new Methods(answers);
	}

	QuestionRig connect() {
		this.rig.connect();
		return this;
	}

	void ask(String id, String name) {
		connection().text("{\"ask\":\"" + name + "\",\"id\":" + id + "}");
	}

	ScriptedConnection connection() {
		return this.rig.connection();
	}

	ScriptedConnection connection(int number) {
		return this.rig.connection(number);
	}

	ConnectionState state() {
		return this.rig.state();
	}

	List<String> observed(String start) {
		return this.rig.observed(start);
	}

	void advance(Duration duration) {
		this.rig.advance(duration);
	}

	interface Answers {

		boolean answer(InboundMessage question, Consumer<@Nullable Object> answer);

	}

	record Methods(Answers answers) implements QuestionListener {

		@Override
		public boolean onQuestion(InboundMessage question, ParsedMessage parsed, Consumer<@Nullable Object> answer) {
			return this.answers.answer(question, answer);
		}

		@Override
		public void onMessage(InboundMessage message) {
			// no question
		}

		@Override
		public void onMessage(InboundMessage message, @Nullable ParsedMessage parsed) {
			// no question
		}

	}

	static final class Refusal extends RuntimeException implements DescribedFailure {

		@Override
		public String getDescription() {
			return "no such meter";
		}

	}

	record Unwritable(int number) {

		@Override
		public int number() {
			throw new IllegalStateException("s3cret");
		}

	}

}
