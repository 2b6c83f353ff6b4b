package io.github.resilientws.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Codes from {@code first} to {@code last}, written as one code, a range, or a class.
 */
record CodeRange(String key, int first, int last) {

	private static final Pattern SYNTAX = Pattern
		.compile("(?<first>[0-9]{3,4})(?:-(?<last>[0-9]{3,4}))?|(?<class>[0-9]{1,3}x{1,3})");

	static @Nullable CodeRange parse(String key) {
		Matcher matcher = SYNTAX.matcher(key);
		if (!matcher.matches()) {
			return null;
		}
		if (matcher.group("class") != null) {
			return new CodeRange(key, Integer.parseInt(key.replace('x', '0')), Integer.parseInt(key.replace('x', '9')));
		}
		int first = Integer.parseInt(matcher.group("first"));
		String last = matcher.group("last");
		return new CodeRange(key, first, (last != null) ? Integer.parseInt(last) : first);
	}

	int width() {
		return this.last - this.first;
	}

	boolean contains(int code) {
		return code >= this.first && code <= this.last;
	}

	boolean overlaps(CodeRange other) {
		return this.first <= other.last && other.first <= this.last;
	}

}
