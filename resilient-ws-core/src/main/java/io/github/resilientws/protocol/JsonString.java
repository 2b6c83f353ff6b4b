package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON strings where they stand in a message in UTF-8. Both their quotes belong to
 * them.
 */
final class JsonString {

	private static final int UNICODE_ESCAPE = 6;

	private static final int HEX = 16;

	private JsonString() {
	}

	/**
	 * Return the length of an escape.
	 * @param utf8 the message
	 * @param index where the escape starts, at its backslash
	 * @param end where the message ends
	 * @return number of bytes
	 * @throws MalformedJsonException if it is not an escape
	 */
	static int escapeLength(byte[] utf8, int index, int end) {
		byte kind = (index + 1 < end) ? utf8[index + 1] : (byte) ' ';
		if (kind != 'u') {
			if ("\"\\/bfnrt".indexOf(kind) < 0) {
				throw MalformedJsonException.INSTANCE;
			}
			return 2;
		}
		for (int i = index + 2; i < index + UNICODE_ESCAPE; i++) {
			if (i >= end || Character.digit(utf8[i], HEX) < 0) {
				throw MalformedJsonException.INSTANCE;
			}
		}
		return UNICODE_ESCAPE;
	}

	/**
	 * Return whether a string equals a text.
	 * @param utf8 the message
	 * @param start where the string starts
	 * @param end where it ends, exclusive
	 * @param other the text
	 * @return whether it does
	 */
	static boolean equals(byte[] utf8, int start, int end, EncodedText other) {
		byte[] expected = other.utf8();
		int length = end - start - 2;
		if (length == expected.length) {
			return Arrays.equals(utf8, start + 1, end - 1, expected, 0, length) && !isEscaped(utf8, start, end);
		}
		return length > expected.length && isEscaped(utf8, start, end)
				&& unquote(utf8, start, end).equals(other.text());
	}

	/**
	 * Return the content of a string.
	 * @param utf8 the message
	 * @param start where the string starts
	 * @param end where it ends, exclusive
	 * @return the content, without escapes
	 */
	static String unquote(byte[] utf8, int start, int end) {
		String content = new String(utf8, start + 1, end - start - 2, StandardCharsets.UTF_8);
		int escape = content.indexOf('\\');
		if (escape < 0) {
			return content;
		}
		StringBuilder unescaped = new StringBuilder(content.length());
		int from = 0;
		while (escape >= 0) {
			unescaped.append(content, from, escape);
			boolean unicode = content.charAt(escape + 1) == 'u';
			from = escape + (unicode ? UNICODE_ESCAPE : 2);
			unescaped.append(unicode ? (char) Integer.parseInt(content, escape + 2, from, HEX)
					: unescape(content.charAt(escape + 1)));
			escape = content.indexOf('\\', from);
		}
		return unescaped.append(content, from, content.length()).toString();
	}

	private static boolean isEscaped(byte[] utf8, int start, int end) {
		for (int i = start; i < end; i++) {
			if (utf8[i] == '\\') {
				return true;
			}
		}
		return false;
	}

	private static char unescape(char kind) {
		return switch (kind) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			default -> kind;
		};
	}

}
