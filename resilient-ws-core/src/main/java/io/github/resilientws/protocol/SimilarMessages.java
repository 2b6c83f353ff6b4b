package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Recognises messages that equal an earlier one except for one JSON string, without
 * reading them as JSON. Matchers and locators that do not depend on this string give the
 * same results for both messages. Not thread-safe.
 *
 * @since 0.1
 */
public final class SimilarMessages {

	private final Locator locator;

	private final boolean possible;

	private String before = "";

	// no message is remembered yet
	private @Nullable String after;

	// in UTF-8
	private byte[] encodedBefore = {};

	private byte[] encodedAfter = {};

	/**
	 * Create an object that remembers no message yet.
	 * @param locator finds the string
	 * @param others other locators in use; no message is similar if one of them may find
	 * a value inside the string
	 * @param matchers matchers in use; no message is similar if one of them may depend on
	 * the string
	 */
	public SimilarMessages(Locator locator, List<Locator> others, List<MessageMatcher> matchers) {
		this.locator = locator;
		this.possible = locator.isPointer() && others.stream().allMatch(Locator::isPointer)
				&& matchers.stream().allMatch(this::areIndependentOf);
	}

	/**
	 * Return whether a matcher gives the same result for similar messages.
	 * @param matcher the matcher
	 * @return whether it does not depend on the string
	 */
	public boolean areIndependentOf(MessageMatcher matcher) {
		return !matcher.condition().dependsOn(this.locator.slot());
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
			this.encodedBefore = this.before.getBytes(StandardCharsets.UTF_8);
			this.encodedAfter = this.after.getBytes(StandardCharsets.UTF_8);
		}
	}

	/**
	 * Return whether a message that is not decoded yet is similar to the remembered one
	 * and has the expected string.
	 * @param utf8 array of the message
	 * @param offset offset of the message
	 * @param length length of the message
	 * @param expected the string
	 * @return whether the message is the expected one
	 */
	public boolean isExpected(byte[] utf8, int offset, int length, UUID expected) {
		int start = offset + this.encodedBefore.length;
		int end = offset + length - this.encodedAfter.length;
		return this.after != null && end - start == UuidText.LENGTH && UuidText.isAt(utf8, start, expected)
				&& Arrays.equals(utf8, offset, start, this.encodedBefore, 0, this.encodedBefore.length)
				&& Arrays.equals(utf8, end, offset + length, this.encodedAfter, 0, this.encodedAfter.length);
	}

	/**
	 * Return whether a message is similar to the remembered one and has the string that
	 * is expected.
	 * @param frame the message
	 * @param expected the string
	 * @return whether the message is the expected one
	 */
	public boolean isExpected(ParsedMessage frame, UUID expected) {
		String text = frame.text();
		int start = this.before.length();
		String after = this.after;
		return after != null && text.length() == start + UuidText.LENGTH + after.length()
				&& UuidText.isAt(text, start, expected) && isSimilar(text, after);
	}

	/**
	 * Find the string in a message that is similar to the remembered one.
	 * @param frame the message
	 * @return the string, or {@code null} if the message is not similar
	 */
	public @Nullable String find(ParsedMessage frame) {
		String text = frame.text();
		int start = this.before.length();
		String after = this.after;
		if (after == null || !isSimilar(text, after)) {
			return null;
		}
		int end = text.length() - after.length();
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			if (c < ' ' || c == '"' || c == '\\') {
				return null;
			}
		}
		return (start < end) ? text.substring(start, end) : null;
	}

	private boolean isSimilar(String text, String after) {
		return text.startsWith(this.before) && text.endsWith(after);
	}

}
