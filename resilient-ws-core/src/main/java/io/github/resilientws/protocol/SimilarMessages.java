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

	private byte[] before = {};

	// no message is remembered yet
	private byte @Nullable [] after;

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
	 * @param message the message
	 * @param found the string that the locator found in it
	 */
	public void remember(ParsedMessage message, String found) {
		String text = message.text();
		int start = text.indexOf(found);
		int end = start + found.length();
		// it stands in the text exactly once and without escapes, so it is the located
		// string
		if (this.possible && start > 0 && end < text.length() && text.charAt(start - 1) == '"'
				&& text.charAt(end) == '"' && text.indexOf(found, start + 1) < 0 && text.indexOf('\\') < 0) {
			this.before = text.substring(0, start).getBytes(StandardCharsets.UTF_8);
			this.after = text.substring(end).getBytes(StandardCharsets.UTF_8);
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
		byte[] after = this.after;
		int start = offset + this.before.length;
		return after != null && length == this.before.length + UuidText.LENGTH + after.length
				&& UuidText.isAt(utf8, start, expected) && isSimilar(utf8, offset, offset + length, after);
	}

	/**
	 * Return whether a message is similar to the remembered one and has the string that
	 * is expected.
	 * @param message the message
	 * @param expected the string
	 * @return whether the message is the expected one
	 */
	public boolean isExpected(ParsedMessage message, UUID expected) {
		byte[] utf8 = message.utf8();
		return isExpected(utf8, message.start(), message.end() - message.start(), expected);
	}

	/**
	 * Find the string in a message that is similar to the remembered one.
	 * @param message the message
	 * @return the string, or {@code null} if the message is not similar
	 */
	public @Nullable String find(ParsedMessage message) {
		byte[] utf8 = message.utf8();
		byte[] after = this.after;
		int start = message.start() + this.before.length;
		if (after == null || start >= message.end() - after.length
				|| !isSimilar(utf8, message.start(), message.end(), after)) {
			return null;
		}
		int end = message.end() - after.length;
		for (int i = start; i < end; i++) {
			byte c = utf8[i];
			if ((c >= 0 && c < ' ') || c == '"' || c == '\\') {
				return null;
			}
		}
		return new String(utf8, start, end - start, StandardCharsets.UTF_8);
	}

	// both parts fit into the message
	private boolean isSimilar(byte[] utf8, int start, int end, byte[] after) {
		return Arrays.equals(utf8, start, start + this.before.length, this.before, 0, this.before.length)
				&& Arrays.equals(utf8, end - after.length, end, after, 0, after.length);
	}

}
