package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Writes JSON strings.
 */
final class JsonText {

	private static final String HEX = "0123456789abcdef";

	private static final int ROOM_FOR_ESCAPES = 32;

	private JsonText() {
	}

	/**
	 * Return a text as a JSON string.
	 * @param text the text
	 * @return the JSON string, with its quotes
	 */
	static String quote(String text) {
		StringBuilder json = new StringBuilder(text.length() + 2).append('"');
		escape(text, json);
		return json.append('"').toString();
	}

	/**
	 * Append the text of a value as the content of a JSON string.
	 * @param value the value
	 * @param json where to append
	 * @return {@code false} if it is an {@link WellFormedText} with an unpaired surrogate
	 */
	static boolean append(Object value, Utf8Builder json) {
		if (value instanceof UUID uuid) {
			json.append(uuid);
			return true;
		}
		String text = (value instanceof WellFormedText strict) ? strict.text() : TemplateValues.textOf(value);
		if (json.appendPlain(text)) {
			return true;
		}
		if (value instanceof WellFormedText && Utf8.encode(text) == null) {
			return false;
		}
		StringBuilder escaped = new StringBuilder(text.length() + ROOM_FOR_ESCAPES);
		escape(text, escaped);
		json.append(escaped.toString().getBytes(StandardCharsets.UTF_8));
		return true;
	}

	/**
	 * Append a text as the content of a JSON string. Line separators are escaped for
	 * peers that read JSON as JavaScript, unpaired surrogates because UTF-8 has none.
	 * @param text the text
	 * @param json where to append
	 */
	static void escape(String text, StringBuilder json) {
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			if (needsEscape(text, i)) {
				// text without characters to escape is copied at once
				json.append(text, start, i);
				escape(text.charAt(i), json);
				start = i + 1;
			}
		}
		json.append(text, start, text.length());
	}

	private static boolean needsEscape(String text, int index) {
		char c = text.charAt(index);
		return (c < 0x7f) ? c < ' ' || c == '"' || c == '\\'
				: c == '\u2028' || c == '\u2029' || isUnpaired(text, index);
	}

	private static void escape(char c, StringBuilder json) {
		switch (c) {
			case '"', '\\' -> json.append('\\').append(c);
			case '\n' -> json.append("\\n");
			case '\r' -> json.append("\\r");
			case '\t' -> json.append("\\t");
			case '\b' -> json.append("\\b");
			case '\f' -> json.append("\\f");
			default -> unicode(c, json);
		}
	}

	private static boolean isUnpaired(String text, int index) {
		char c = text.charAt(index);
		if (Character.isHighSurrogate(c)) {
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		}
		return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
	}

	private static void unicode(char c, StringBuilder json) {
		json.append("\\u");
		for (int shift = 12; shift >= 0; shift -= 4) {
			json.append(HEX.charAt((c >> shift) & 0xf));
		}
	}

}
