package io.github.resilientws.listener;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * The listener methods of one client, or of one of its subscriptions.
 */
class ListenerGroup implements QuestionListener {

	private final MessageRules rules;

	private final List<BoundListener> listeners;

	/**
	 * Create a group.
	 * @param rules the rules to which the matchers and locators of the methods belong
	 * @param listeners the methods
	 */
	ListenerGroup(MessageRules rules, List<BoundListener> listeners) {
		this.rules = rules;
		this.listeners = List.copyOf(listeners);
	}

	// of the methods that want the question, the first one that returns a value answers
	@Override
	public boolean onQuestion(InboundMessage question, ParsedMessage parsed, Consumer<@Nullable Object> answer) {
		ParsedMessage own = parsed.by(this.rules);
		Throwable failure = null;
		boolean called = false;
		boolean answered = false;
		for (BoundListener listener : this.listeners) {
			boolean answers = !answered && listener.returnsValue();
			try {
				Object result = listener.onText(question, own);
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
		onMessage(message, message.isText() ? this.rules.read(message.text()) : null);
	}

	@Override
	public void onMessage(InboundMessage message, @Nullable ParsedMessage parsed) {
		ParsedMessage own = (parsed != null) ? parsed.by(this.rules) : null;
		Throwable failure = null;
		for (BoundListener listener : this.listeners) {
			try {
				if (own != null) {
					listener.onText(message, own);
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
