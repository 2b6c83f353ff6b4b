package io.github.resilientws.protocol;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Recognises frames that equal an earlier one but for one JSON string, without reading
 * them as JSON: all that does not ask for this string finds in them what it found in that
 * one. Not thread-safe.
 */
public final class SimilarMessages {

	private final boolean possible;

	private String before = "";

	// of no frame, so far
	private @Nullable String after;

	/**
	 * Create it without an earlier frame.
	 * @param locator finds the string
	 * @param others find what else matters; no frame is similar if one of them may find
	 * something in the string
	 * @param matchers are asked besides; no frame is similar if one of them may ask for
	 * the string
	 */
	public SimilarMessages(Locator locator, List<Locator> others, List<MessageMatcher> matchers) {
		this.possible = locator.isPointer() && others.stream().allMatch(Locator::isPointer)
				&& matchers.stream().noneMatch((matcher) -> matcher.condition().dependsOn(locator.slot()));
	}

	/**
	 * Remember a frame.
	 * @param frame the frame
	 * @param found what the locator found in it
	 */
	public void remember(ParsedMessage frame, String found) {
		String text = frame.text();
		int start = text.indexOf(found);
		int end = start + found.length();
		// once, as a string without escapes: then it is what the locator found
		if (this.possible && start > 0 && end < text.length() && text.charAt(start - 1) == '"'
				&& text.charAt(end) == '"' && text.indexOf(found, start + 1) < 0 && text.indexOf('\\') < 0) {
			this.before = text.substring(0, start);
			this.after = text.substring(end);
		}
	}

	/**
	 * Find the string in a frame that is similar to the one remembered last.
	 * @param frame the frame
	 * @param expected the string it most likely is, of characters that JSON does not
	 * escape
	 * @return the string, or {@code null} if the frame is not similar
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
