package io.github.resilientws.internal.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * Reads the STOMP frames of one WebSocket message. Newlines before and after frames are
 * ignored.
 */
final class StompReader {

	// bytes of content-length fit into an int
	private static final int MAX_DIGITS = 9;

	private final String text;

	private int position;

	StompReader(String text) {
		this.text = text;
	}

	/**
	 * Read all frames.
	 * @return each as JSON; a text of newlines only as it is, because it is a heartbeat
	 * @throws FramingException if the text is not STOMP
	 */
	List<String> read() {
		List<String> messages = new ArrayList<>(1);
		skipNewlines();
		if (isAtEnd() && !this.text.isEmpty()) {
			messages.add(this.text);
		}
		while (!isAtEnd()) {
			messages.add(frame());
			skipNewlines();
		}
		return messages;
	}

	private String frame() {
		String command = line();
		if (!StompCodec.isCommand(command)) {
			throw FramingException.invalid("not a STOMP command");
		}
		Map<String, String> headers = new LinkedHashMap<>();
		boolean escaped = StompCodec.hasEscapes(command);
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			if (colon <= 0) {
				throw FramingException.invalid("not a STOMP header");
			}
			String name = line.substring(0, colon);
			String value = line.substring(colon + 1);
			// of repeated headers the first one counts
			headers.putIfAbsent(escaped ? unescape(name) : name, escaped ? unescape(value) : value);
		}
		return json(command, headers, body(headers.get(StompCodec.CONTENT_LENGTH)));
	}

	private static String json(String command, Map<String, String> headers, String body) {
		StringJoiner members = new StringJoiner(",", "{", "}");
		headers.forEach((name, value) -> members.add(JsonReader.quote(name) + ":" + JsonReader.quote(value)));
		String value = JsonReader.isValue(body) ? body : JsonReader.quote(body);
		return "{\"command\":\"" + command + "\",\"headers\":" + members + ",\"body\":"
				+ (body.isEmpty() ? "null" : value) + "}";
	}

	private String line() {
		int end = this.text.indexOf('\n', this.position);
		if (end < 0) {
			throw FramingException.invalid("a STOMP frame is truncated");
		}
		String line = this.text.substring(this.position, end);
		this.position = end + 1;
		return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
	}

	private static String unescape(String text) {
		int escape = text.indexOf('\\');
		if (escape < 0) {
			return text;
		}
		StringBuilder result = new StringBuilder(text.length());
		int start = 0;
		while (escape >= 0) {
			result.append(text, start, escape);
			result.append(unescaped((escape + 1 < text.length()) ? text.charAt(escape + 1) : ' '));
			start = escape + 2;
			escape = text.indexOf('\\', start);
		}
		return result.append(text, start, text.length()).toString();
	}

	private static char unescaped(char character) {
		return switch (character) {
			case 'r' -> '\r';
			case 'n' -> '\n';
			case 'c' -> ':';
			case '\\' -> '\\';
			default -> throw FramingException.invalid("a STOMP header has an unknown escape");
		};
	}

	private String body(@Nullable String contentLength) {
		int end = (contentLength != null) ? end(contentLength) : this.text.indexOf('\0', this.position);
		if (end < 0 || end >= this.text.length() || this.text.charAt(end) != '\0') {
			throw FramingException.invalid("a STOMP frame does not end with NUL");
		}
		String body = this.text.substring(this.position, end);
		this.position = end + 1;
		return body;
	}

	// the index behind a number of bytes of UTF-8, or -1
	private int end(String contentLength) {
		if (contentLength.isEmpty() || contentLength.length() > MAX_DIGITS
				|| !contentLength.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw FramingException.invalid("content-length is not a number");
		}
		int bytes = Integer.parseInt(contentLength);
		int index = this.position;
		while (bytes > 0 && index < this.text.length()) {
			int character = this.text.codePointAt(index);
			bytes -= StompCodec.utf8Length(character);
			index += Character.charCount(character);
		}
		return (bytes == 0) ? index : -1;
	}

	private void skipNewlines() {
		while (this.text.startsWith("\n", this.position) || this.text.startsWith("\r\n", this.position)) {
			this.position += (this.text.charAt(this.position) == '\n') ? 1 : 2;
		}
	}

	private boolean isAtEnd() {
		return this.position == this.text.length();
	}

}
