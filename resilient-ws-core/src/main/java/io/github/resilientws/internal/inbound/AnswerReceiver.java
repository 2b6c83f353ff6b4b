package io.github.resilientws.internal.inbound;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.listener.QuestionListener;

/**
 * Receives the answer of listeners to one question.
 */
final class AnswerReceiver implements Consumer<@Nullable Object> {

	private final Question question;

	private final Consumer<Throwable> onFailure;

	// a listener has given the answer, or a stage that will have it
	private boolean answered;

	private boolean handled;

	/**
	 * Create a receiver.
	 * @param question the question
	 * @param onFailure receives failures that no listener throws, on any thread
	 */
	AnswerReceiver(Question question, Consumer<Throwable> onFailure) {
		this.question = question;
		this.onFailure = onFailure;
	}

	void ask(QuestionListener listener) {
		try {
			this.handled |= listener.onQuestion(this.question.message(), this);
		}
		catch (Throwable ex) {
			this.handled = true;
			if (!this.answered) {
				this.question.fail(ex);
			}
			throw ex;
		}
	}

	/** All listeners have returned. */
	void onReturn() {
		if (!this.handled) {
			this.question.unhandled();
		}
		else if (!this.answered) {
			onCompletion(null, null);
		}
	}

	@Override
	public void accept(@Nullable Object value) {
		if (this.answered) {
			return;
		}
		if (value instanceof CompletionStage<?> stage) {
			stage.whenComplete(this::onCompletion);
		}
		else {
			this.question.answer(value, this.onFailure);
		}
		this.answered = true;
	}

	private void onCompletion(@Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			fail(failure);
			return;
		}
		try {
			this.question.answer(value, this.onFailure);
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	private void fail(Throwable failure) {
		Throwable cause = failure.getCause();
		Throwable thrown = (failure instanceof CompletionException && cause != null) ? cause : failure;
		this.question.fail(thrown);
		this.onFailure.accept(thrown);
	}

}
