package io.github.resilientws.internal.answer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.request.ReplyHandler;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.transport.WriteListener;

/**
 * The questions of the server on one connection, and the way back of the answers.
 * Confined to the client's executor.
 */
public final class ConnectionQuestions {

	// limits the answers to a peer that asks and does not read
	private static final int MAX_UNWRITTEN = 1000;

	private final Questions questions;

	private final TemplateSender sender;

	private final Consumer<Question> receiver;

	private final Set<Question> unanswered = new LinkedHashSet<>();

	private int unwritten;

	/**
	 * Create an empty set.
	 * @param questions the questions of the client
	 * @param sender sends answers
	 * @param receiver passes questions to the listeners
	 */
	public ConnectionQuestions(Questions questions, TemplateSender sender, Consumer<Question> receiver) {
		this.questions = questions;
		this.sender = sender;
		this.receiver = receiver;
	}

	/**
	 * Pass a message on if it is a question.
	 * @param rules the rules
	 * @param message the message
	 * @return whether it is one
	 */
	public boolean handle(CompiledQuestions rules, ParsedMessage message) {
		if (!message.matches(rules.when())) {
			return false;
		}
		Question question = new Question(this.questions, this, rules, message);
		this.unanswered.add(question);
		question.start();
		this.receiver.accept(question);
		return true;
	}

	/** The connection has ended: nothing can be answered any more. */
	public void end() {
		List<Question> left = List.copyOf(this.unanswered);
		this.unanswered.clear();
		left.forEach(Question::onConnectionLost);
	}

	void remove(Question question) {
		this.unanswered.remove(question);
	}

	/**
	 * Write the answer of a listener.
	 * @param answer the template
	 * @param values values of this answer
	 * @param result receives whether the answer was written
	 * @throws IllegalStateException if the template lacks a value or cannot write it
	 */
	void reply(AnswerTemplate answer, Function<String, @Nullable Object> values, Consumer<Boolean> result) {
		if (hasRoom(answer.template(), result)) {
			this.sender.sendOrFail(answer.template(), values, countUnwritten(result), ReplyHandler.NONE);
			this.unwritten++;
		}
	}

	/**
	 * Write another answer. If the template lacks a value, the connection ends.
	 * @param answer the template
	 * @param values values of this answer
	 * @param result receives whether the answer was written
	 */
	void refuse(AnswerTemplate answer, Function<String, @Nullable Object> values, Consumer<Boolean> result) {
		if (hasRoom(answer.template(), result)) {
			this.unwritten++;
			this.sender.send(answer.template(), values, countUnwritten(result), ReplyHandler.NONE);
		}
	}

	private boolean hasRoom(Template template, Consumer<Boolean> result) {
		boolean room = this.unwritten < MAX_UNWRITTEN && this.sender.hasRoom(template);
		if (!room) {
			result.accept(false);
		}
		return room;
	}

	// the result may come inside the call that writes
	private WriteListener countUnwritten(Consumer<Boolean> result) {
		return (written, started, failure) -> {
			this.unwritten--;
			result.accept(failure == null);
		};
	}

}
