package io.github.resilientws.protocol;

/**
 * Recognises a frame. Immutable; made by a {@link MessageRules.Builder}, and asked by
 * {@link ParsedMessage#matches(MessageMatcher)} of a frame read by the same rules.
 * <p>
 * The expression is one of {@code /pointer} (the place exists), {@code /pointer = text}
 * (a JSON scalar equals), several of these joined by {@code &&} and {@code ||}
 * ({@code &&} binds tighter, spaces on both sides are needed), {@code ~regex} (finds), or
 * anything else, which equals the whole frame.
 */
public final class MessageMatcher {

	private final String expression;

	private final Pointers owner;

	private final Condition condition;

	MessageMatcher(String expression, Pointers owner, Condition condition) {
		this.expression = expression;
		this.owner = owner;
		this.condition = condition;
	}

	Pointers owner() {
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
