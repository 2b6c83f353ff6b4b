package io.github.resilientws.protocol;

/**
 * Reads JSON strings where they stand in a message. Both their quotes belong to them.
 */
final class JsonString {

	private static final int UNICODE_ESCAPE = 6;

	private static final int HEX = 16;

	private JsonString() {
	}

	/**
	 * Return the length of an escape.
	 * @param text the message
	 * @param index where the escape starts, at its backslash
	 * @return number of characters
	 * @throws MalformedJsonException if it is not an escape
	 */
	static int escapeLength(String text, int index) {
		char kind = (index + 1 < text.length()) ? text.charAt(index + 1) : ' ';
		if (kind != 'u') {
			if ("\"\\/bfnrt".indexOf(kind) < 0) {
				throw MalformedJsonException.INSTANCE;
			}
			return 2;
		}
		for (int i = index + 2; i < index + UNICODE_ESCAPE; i++) {
			if (i >= text.length() || hexDigit(text.charAt(i)) < 0) {
				throw MalformedJsonException.INSTANCE;
			}
		}
		return UNICODE_ESCAPE;
	}

	private static int hexDigit(char c) {
		// Character.digit alone takes digits of other scripts
		return (c < 0x80) ? Character.digit(c, HEX) : -1;
	}

	/**
	 * Return whether a string equals a text.
	 * @param text the message
	 * @param start where the string starts
	 * @param end where it ends, exclusive
	 * @param other the text
	 * @return whether it does
	 */
	static boolean equals(String text, int start, int end, String other) {
		int length = end - start - 2;
		if (length == other.length() && text.startsWith(other, start + 1)) {
			return other.indexOf('\\') < 0;
		}
		return length > other.length() && isEscaped(text, start, end) && unquote(text, start, end).equals(other);
	}

	/**
	 * Return the content of a string.
	 * @param text the message
	 * @param start where the string starts
	 * @param end where it ends, exclusive
	 * @return the content, without escapes
	 */
	static String unquote(String text, int start, int end) {
		if (!isEscaped(text, start, end)) {
			return text.substring(start + 1, end - 1);
		}
		StringBuilder content = new StringBuilder(end - start);
		int i = start + 1;
		while (i < end - 1) {
			char c = text.charAt(i);
			if (c != '\\') {
				content.append(c);
				i++;
			}
			else {
				content.append(unescape(text, i));
				i += escapeLength(text, i);
			}
		}
		return content.toString();
	}

	private static boolean isEscaped(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (text.charAt(i) == '\\') {
				return true;
			}
		}
		return false;
	}

	private static char unescape(String text, int index) {
		char kind = text.charAt(index + 1);
		return switch (kind) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> (char) Integer.parseInt(text, index + 2, index + UNICODE_ESCAPE, HEX);
			default -> kind;
		};
	}

}
