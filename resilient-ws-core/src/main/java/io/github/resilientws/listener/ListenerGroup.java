package io.github.resilientws.listener;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * All listener methods of one client. A message is parsed once for all of them, and not
 * at all if none needs it.
 */
class ListenerGroup implements QuestionListener {

	private final @Nullable MessageRules rules;

	private final List<BoundListener> listeners;

	ListenerGroup(@Nullable MessageRules rules, List<BoundListener> listeners) {
		this.rules = rules;
		this.listeners = List.copyOf(listeners);
	}

	// of the methods that want the question, the first one that returns a value answers
	@Override
	public boolean onQuestion(InboundMessage question, Consumer<@Nullable Object> answer) {
		ParsedMessage frame = parse(question);
		Throwable failure = null;
		boolean called = false;
		boolean answered = false;
		for (BoundListener listener : this.listeners) {
			boolean answers = !answered && listener.returnsValue();
			try {
				Object result = listener.onText(question, frame);
				if (result == BoundListener.NOT_CALLED) {
					continue;
				}
				called = true;
				if (answers) {
					answered = true;
					answer.accept(result);
				}
			}
			catch (Throwable ex) {
				called = true;
				answered |= answers;
				// the failure of the method that answers comes first
				failure = (answers && failure != null) ? combine(ex, failure) : combine(failure, ex);
			}
		}
		if (failure != null) {
			throwAsIs(failure);
		}
		return called;
	}

	@Override
	public void onMessage(InboundMessage message) {
		ParsedMessage frame = parse(message);
		Throwable failure = null;
		for (BoundListener listener : this.listeners) {
			try {
				if (message.isText()) {
					listener.onText(message, frame);
				}
				else {
					listener.onBinary(message);
				}
			}
			catch (Throwable ex) {
				failure = combine(failure, ex);
			}
		}
		if (failure != null) {
			throwAsIs(failure);
		}
	}

	private @Nullable ParsedMessage parse(InboundMessage message) {
		return (this.rules != null && message.isText()) ? this.rules.read(message.text()) : null;
	}

	private static Throwable combine(@Nullable Throwable first, Throwable next) {
		if (first == null) {
			return next;
		}
		// an exception that is thrown twice cannot suppress itself
		if (first != next) {
			first.addSuppressed(next);
		}
		return first;
	}

	// the error handler must receive the exception of the method, checked or not
	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void throwAsIs(Throwable failure) throws T {
		throw (T) failure;
	}

}
