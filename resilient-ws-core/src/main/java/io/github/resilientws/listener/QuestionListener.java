package io.github.resilientws.listener;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;

/**
 * A listener that answers questions of the server. For the client, which calls it; an
 * application declares {@code @WebSocketListener} methods that return a value.
 *
 * @since 0.1
 */
public interface QuestionListener extends WebSocketMessageListener {

	/**
	 * Handle a question, in place of {@link #onMessage}. An exception goes to the error
	 * handler; thrown before an answer was given, it is the answer, too.
	 * @param question the question
	 * @param answer receives the answer: a value, a
	 * {@link java.util.concurrent.CompletionStage} of one, or {@code null}; only the
	 * first answer counts. Without one the answer is {@code null}, when all listeners
	 * have returned
	 * @return {@code false} if this listener does not handle such questions
	 */
	boolean onQuestion(InboundMessage question, Consumer<@Nullable Object> answer);

}
