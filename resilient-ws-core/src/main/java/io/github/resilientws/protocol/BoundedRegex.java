package io.github.resilientws.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * A regular expression with bounded work: matching ends without a match after one million
 * steps plus 32 per character of the message, and when the stack is exhausted.
 */
final class BoundedRegex {

	private static final long STEPS = 1_000_000;

	private static final long STEPS_PER_CHARACTER = 32;

	private final Pattern pattern;

	private BoundedRegex(Pattern pattern) {
		this.pattern = pattern;
	}

	/**
	 * Compile the expression after the tilde.
	 * @param key key of the setting
	 * @param expression value of the setting, starting with a tilde
	 * @return the regular expression
	 * @throws InvalidSettingException if it is not a regular expression
	 */
	static BoundedRegex compile(String key, String expression) {
		try {
			return new BoundedRegex(Pattern.compile(expression.substring(1)));
		}
		catch (PatternSyntaxException ex) {
			// one for the tilde, and one because people count from one
			throw new InvalidSettingException(key, expression, "not a regular expression: " + ex.getDescription()
					+ ((ex.getIndex() >= 0) ? " at character " + (ex.getIndex() + 2) : ""));
		}
	}

	boolean hasGroup() {
		return this.pattern.matcher("").groupCount() > 0;
	}

	boolean finds(String text) {
		return match(text) != null;
	}

	@Nullable String group(String text) {
		Matcher matcher = match(text);
		return (matcher != null) ? matcher.group(1) : null;
	}

	private @Nullable Matcher match(String text) {
		Matcher matcher = this.pattern.matcher(new CountedText(text, STEPS + STEPS_PER_CHARACTER * text.length()));
		try {
			return (matcher.find()) ? matcher : null;
		}
		catch (TooManyStepsException | StackOverflowError ex) {
			return null;
		}
	}

	/**
	 * A text that limits how often its characters are read.
	 */
	private static final class CountedText implements CharSequence {

		private final String text;

		private long steps;

		CountedText(String text, long steps) {
			this.text = text;
			this.steps = steps;
		}

		@Override
		public char charAt(int index) {
			if (--this.steps < 0) {
				throw new TooManyStepsException();
			}
			return this.text.charAt(index);
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this.text.substring(start, end);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	private static final class TooManyStepsException extends RuntimeException {

		TooManyStepsException() {
			super(null, null, false, false);
		}

	}

}
