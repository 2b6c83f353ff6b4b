package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * Finds a value in a frame. Immutable; made by a {@link MessageRules.Builder}, and asked
 * by {@link ParsedMessage#find(Locator)} of a frame read by the same rules.
 * <p>
 * The expression is a JSON pointer such as {@code /messageId}, or {@code ~regex}, which
 * finds its group 1.
 */
public final class Locator {

	private final String expression;

	private final Pointers owner;

	private final int slot;

	private final @Nullable Regex regex;

	private Locator(String expression, Pointers owner, int slot, @Nullable Regex regex) {
		this.expression = expression;
		this.owner = owner;
		this.slot = slot;
		this.regex = regex;
	}

	static Locator read(String key, String expression, Pointers pointers) {
		if (expression.startsWith("/")) {
			return new Locator(expression, pointers, pointers.value(key, expression), null);
		}
		if (!expression.startsWith("~")) {
			throw new InvalidSettingException(key, expression,
					"a locator must be a JSON pointer, which starts with /, or a ~regex with a group");
		}
		Regex regex = Regex.compile(key, expression);
		if (!regex.hasGroup()) {
			throw new InvalidSettingException(key, expression,
					"the regular expression needs a group: (...) around the value to find");
		}
		return new Locator(expression, pointers, 0, regex);
	}

	Pointers owner() {
		return this.owner;
	}

	boolean isPointer() {
		return this.regex == null;
	}

	int slot() {
		return this.slot;
	}

	@Nullable Located locate(ParsedMessage frame) {
		if (this.regex == null) {
			return frame.located(this.slot);
		}
		String group = this.regex.group(frame.text());
		return (group != null) ? new Located.Text(group) : null;
	}

	@Override
	public String toString() {
		return this.expression;
	}

}
