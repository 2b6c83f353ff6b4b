package io.github.resilientws.internal.inbound;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.listener.MatchingListener;
import io.github.resilientws.listener.QuestionListener;

/**
 * A listener and its kind, which is determined once: a type test that fails costs more
 * than the rest of a call.
 *
 * @param listener the listener
 * @param matching the listener, if it has rules
 * @param answering the listener, if it answers questions
 */
record RegisteredListener(WebSocketMessageListener listener, @Nullable MatchingListener matching,
		@Nullable QuestionListener answering) {

	static RegisteredListener of(WebSocketMessageListener listener) {
		return of(listener, true);
	}

	/**
	 * Determine the kind of a listener.
	 * @param listener the listener
	 * @param questions whether it may receive questions
	 * @return the listener and its kind
	 */
	static RegisteredListener of(WebSocketMessageListener listener, boolean questions) {
		return new RegisteredListener(listener, (listener instanceof MatchingListener matching) ? matching : null,
				(questions && listener instanceof QuestionListener answering) ? answering : null);
	}

	void call(InboundMessage message, ListenerInvoker invoker, @Nullable AnswerReceiver answer) {
		if (answer != null && this.answering != null) {
			answer.ask(this.answering, invoker.read(message));
		}
		else if (this.matching != null) {
			this.matching.onMessage(message, message.isText() ? invoker.read(message) : null);
		}
		else {
			this.listener.onMessage(message);
		}
	}

}
