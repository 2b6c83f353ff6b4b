package io.github.resilientws.internal.answer;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DescribedFailure;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A question of the server, on its way to the listeners and back. It is answered at most
 * once, and only on the connection on which it arrived. It counts as being in progress
 * until a listener has answered or time is over, also if its connection ends before. Any
 * thread may answer; everything else is confined to the client's executor.
 */
public final class Question {

	// the server reads these; an exception's own text may hold a secret
	private static final String FAILED = "internal error";

	private static final String TIMED_OUT = "no answer in time";

	private static final String UNHANDLED = "not supported";

	private final Questions questions;

	private final ConnectionQuestions connection;

	private final CompiledQuestions rules;

	private final InboundMessage message;

	private final long askedNanos;

	private final RestartableTimer timer;

	// set by the first thread that answers
	private final AtomicBoolean answered = new AtomicBoolean();

	// null once it is decided how the question ends
	private @Nullable ParsedMessage asked;

	private boolean inProgress = true;

	private boolean ended;

	Question(Questions questions, ConnectionQuestions connection, CompiledQuestions rules, ParsedMessage asked) {
		this.questions = questions;
		this.connection = connection;
		this.rules = rules;
		this.message = InboundMessage.text(asked.text());
		this.asked = asked.retain();
		this.askedNanos = questions.executor().nanoTime();
		this.timer = new RestartableTimer(questions.executor());
	}

	void start() {
		this.questions.add();
		this.timer.set(this::onTimeout, this.rules.timeoutNanos());
	}

	/**
	 * Return the message that listeners receive.
	 * @return the message
	 */
	public InboundMessage message() {
		return this.message;
	}

	/**
	 * Return the message as the rules of the client read it.
	 * @return the message, or {@code null} once it is decided how the question ends
	 */
	public @Nullable ParsedMessage parsed() {
		return this.asked;
	}

	/**
	 * Answer with the value of a listener. Does nothing after another answer.
	 * @param value the value
	 * @param onFailure called on the client's executor if the value cannot be written;
	 * the answer is a failure then
	 * @throws RuntimeException if the value cannot be converted; the question is not
	 * answered then
	 */
	public void answer(@Nullable Object value, Consumer<Throwable> onFailure) {
		if (this.answered.get()) {
			return;
		}
		Object payload = this.rules.writesPayload() ? this.questions.convert(value) : null;
		post(() -> reply(payload, onFailure));
	}

	/**
	 * Answer that a listener failed. Does nothing after another answer.
	 * @param failure the exception of the listener
	 */
	public void fail(Throwable failure) {
		String description = describe(failure);
		post(() -> refuse(QuestionOutcome.FAILURE, this.rules.error(), description));
	}

	/**
	 * Answer that no listener handles such questions. Does nothing after another answer.
	 */
	public void unhandled() {
		post(() -> refuse(QuestionOutcome.UNHANDLED, this.rules.unhandled(), UNHANDLED));
	}

	private void post(Runnable answer) {
		if (this.answered.compareAndSet(false, true)) {
			this.questions.post(() -> {
				answer.run();
				leave();
			});
		}
	}

	private void reply(@Nullable Object payload, Consumer<Throwable> onFailure) {
		ParsedMessage asked = this.asked;
		if (asked == null) {
			return;
		}
		AnswerTemplate answer = this.rules.reply();
		try {
			this.connection.reply(answer, values(answer, asked, CompiledQuestions.PAYLOAD, payload),
					(written) -> end(written ? QuestionOutcome.SUCCESS : QuestionOutcome.LOST));
			this.asked = null;
		}
		catch (IllegalStateException ex) {
			onFailure.accept(ex);
			refuse(QuestionOutcome.FAILURE, this.rules.error(), FAILED);
		}
	}

	private void refuse(QuestionOutcome outcome, @Nullable AnswerTemplate answer, String error) {
		ParsedMessage asked = this.asked;
		if (asked == null) {
			return;
		}
		if (answer != null) {
			this.connection.refuse(answer, values(answer, asked, CompiledQuestions.ERROR, error),
					(written) -> end(written ? outcome : QuestionOutcome.LOST));
		}
		else {
			end(outcome);
		}
		this.asked = null;
	}

	private void onTimeout() {
		refuse(QuestionOutcome.TIMEOUT, this.rules.error(), TIMED_OUT);
		leave();
	}

	void onConnectionLost() {
		this.asked = null;
		end(QuestionOutcome.LOST);
	}

	private void end(QuestionOutcome outcome) {
		if (!this.ended) {
			this.ended = true;
			this.questions.ended(outcome, this.askedNanos);
		}
	}

	private void leave() {
		if (this.inProgress) {
			this.inProgress = false;
			this.timer.cancel();
			this.connection.remove(this);
			this.questions.remove();
		}
	}

	private static Function<String, @Nullable Object> values(AnswerTemplate answer, ParsedMessage asked, String own,
			@Nullable Object value) {
		Function<String, @Nullable Object> pointers = answer.valuesFor(asked);
		return (name) -> name.equals(own) ? value : pointers.apply(name);
	}

	private static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		Throwable thrown = (wrapped && cause != null) ? cause : failure;
		try {
			return (thrown instanceof DescribedFailure described) ? described.getDescription() : FAILED;
		}
		catch (RuntimeException ex) {
			return FAILED;
		}
	}

}
