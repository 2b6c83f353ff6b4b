package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * Finds a value in a message. Immutable. A {@link MessageRules.Builder} creates it, and
 * {@link ParsedMessage#find(Locator)} applies it to a message that was read by the same
 * rules.
 * <p>
 * The expression is a JSON pointer such as {@code /messageId}, or {@code ~regex}, which
 * finds its group 1.
 *
 * @since 0.1
 */
public final class Locator {

	private final String expression;

	private final PointerCollector owner;

	private final int slot;

	private final @Nullable BoundedRegex regex;

	private Locator(String expression, PointerCollector owner, int slot, @Nullable BoundedRegex regex) {
		this.expression = expression;
		this.owner = owner;
		this.slot = slot;
		this.regex = regex;
	}

	static Locator read(String key, String expression, PointerCollector pointers) {
		if (expression.startsWith("/")) {
			return new Locator(expression, pointers, pointers.value(key, expression), null);
		}
		if (!expression.startsWith("~")) {
			throw new InvalidSettingException(key, expression,
					"a locator must be a JSON pointer, which starts with /, or a ~regex with a group");
		}
		BoundedRegex regex = BoundedRegex.compile(key, expression);
		if (!regex.hasGroup()) {
			throw new InvalidSettingException(key, expression,
					"the regular expression needs a group: (...) around the value to find");
		}
		return new Locator(expression, pointers, 0, regex);
	}

	PointerCollector owner() {
		return this.owner;
	}

	boolean isPointer() {
		return this.regex == null;
	}

	int slot() {
		return this.slot;
	}

	@Nullable LocatedValue locate(ParsedMessage frame) {
		if (this.regex == null) {
			return frame.located(this.slot);
		}
		String group = this.regex.group(frame.text());
		return (group != null) ? new LocatedValue.Text(group) : null;
	}

	@Override
	public String toString() {
		return this.expression;
	}

}
