package io.github.resilientws.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Recognises messages that equal an earlier one except for one JSON string, without
 * reading them as JSON. Matchers and locators that do not depend on this string give the
 * same results for both messages. Not thread-safe.
 *
 * @since 0.1
 */
public final class SimilarMessages {

	private final boolean possible;

	private String before = "";

	// no message is remembered yet
	private @Nullable String after;

	/**
	 * Create an object that remembers no message yet.
	 * @param locator finds the string
	 * @param others other locators in use; no message is similar if one of them may find
	 * a value inside the string
	 * @param matchers matchers in use; no message is similar if one of them may depend on
	 * the string
	 */
	public SimilarMessages(Locator locator, List<Locator> others, List<MessageMatcher> matchers) {
		this.possible = locator.isPointer() && others.stream().allMatch(Locator::isPointer)
				&& matchers.stream().noneMatch((matcher) -> matcher.condition().dependsOn(locator.slot()));
	}

	/**
	 * Remember a message.
	 * @param frame the message
	 * @param found the string that the locator found in it
	 */
	public void remember(ParsedMessage frame, String found) {
		String text = frame.text();
		int start = text.indexOf(found);
		int end = start + found.length();
		// it stands in the text exactly once and without escapes, so it is the located
		// string
		if (this.possible && start > 0 && end < text.length() && text.charAt(start - 1) == '"'
				&& text.charAt(end) == '"' && text.indexOf(found, start + 1) < 0 && text.indexOf('\\') < 0) {
			this.before = text.substring(0, start);
			this.after = text.substring(end);
		}
	}

	/**
	 * Find the string in a message that is similar to the remembered one.
	 * @param frame the message
	 * @param expected the most likely string, of characters that JSON does not escape
	 * @return the string, or {@code null} if the message is not similar
	 */
	public @Nullable String find(ParsedMessage frame, @Nullable String expected) {
		String text = frame.text();
		int start = this.before.length();
		if (this.after == null || !text.startsWith(this.before) || !text.endsWith(this.after)) {
			return null;
		}
		int end = text.length() - this.after.length();
		if (expected != null && expected.length() == end - start && text.startsWith(expected, start)) {
			return expected;
		}
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			if (c < ' ' || c == '"' || c == '\\') {
				return null;
			}
		}
		return (start < end) ? text.substring(start, end) : null;
	}

}
