package io.github.resilientws.protocol;

/**
 * Recognises a message. Immutable. A {@link MessageRules.Builder} creates it, and
 * {@link ParsedMessage#matches(MessageMatcher)} applies it to a message that was read by
 * the same rules.
 * <p>
 * The expression is one of {@code /pointer} (the place exists), {@code /pointer = text}
 * (a JSON scalar equals the text), several of these joined by {@code &&} and {@code ||}
 * ({@code &&} binds tighter; spaces on both sides are required), {@code ~regex} (finds a
 * match), or any other text, which must equal the whole message.
 *
 * @since 0.1
 */
public final class MessageMatcher {

	private final String expression;

	private final PointerCollector owner;

	private final Condition condition;

	MessageMatcher(String expression, PointerCollector owner, Condition condition) {
		this.expression = expression;
		this.owner = owner;
		this.condition = condition;
	}

	PointerCollector owner() {
		return this.owner;
	}

	Condition condition() {
		return this.condition;
	}

	@Override
	public String toString() {
		return this.expression;
	}

}
