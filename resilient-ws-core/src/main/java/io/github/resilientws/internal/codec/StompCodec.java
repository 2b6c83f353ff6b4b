package io.github.resilientws.internal.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

import io.github.resilientws.internal.codec.JsonReader.Member;
import io.github.resilientws.protocol.WebSocketFrameCodec;

/**
 * Translates between frames of STOMP 1.1 and 1.2 and
 * {@code {"command":..,"headers":{..},"body":..}}. A body that is JSON becomes a JSON
 * value, any other body a string, an empty body {@code null}.
 */
public final class StompCodec implements WebSocketFrameCodec {

	static final String CONTENT_LENGTH = "content-length";

	private static final String CONTENT_TYPE = "content-type";

	private static final Set<String> MEMBERS = Set.of("command", "headers", "body");

	// for compatibility with STOMP 1.0
	private static final Set<String> WITHOUT_ESCAPES = Set.of("CONNECT", "CONNECTED", "STOMP");

	private static final Pattern COMMAND = Pattern.compile("[A-Z]{1,20}");

	private static final Pattern LINE_END = Pattern.compile("[\r\n]");

	@Override
	public List<String> decode(String text) {
		return new StompReader(text).read();
	}

	@Override
	public String encode(String text) {
		if (text.isBlank() && !text.isEmpty()) {
			// a heartbeat
			return text;
		}
		Map<String, Member> message = JsonReader.members(text);
		if (!MEMBERS.containsAll(message.keySet())) {
			throw FramingException.invalid("a STOMP message has only the members command, headers and body");
		}
		Member command = message.get("command");
		if (command == null || !command.isString() || !isCommand(command.text())) {
			throw FramingException.invalid("a STOMP message has no command");
		}
		Map<String, String> headers = headers(message.get("headers"));
		String body = body(message.get("body"), isJson(headers.getOrDefault(CONTENT_TYPE, "")));
		// some servers take a message with a length for a binary one
		if (headers.containsKey(CONTENT_LENGTH) || body.indexOf('\0') >= 0) {
			headers.put(CONTENT_LENGTH, String.valueOf(body.codePoints().mapToLong(StompCodec::utf8Length).sum()));
		}
		return frame(command.text(), headers, body);
	}

	private static Map<String, String> headers(@Nullable Member member) {
		Map<String, String> headers = new LinkedHashMap<>();
		if (member != null && !Member.isAbsent(member)) {
			JsonReader.members(member.json()).forEach((name, value) -> {
				if (value.type().isStructStart()) {
					throw FramingException.invalid("a STOMP header is an object or array");
				}
				if (!Member.isAbsent(value) && !value.text().isEmpty()) {
					headers.put(name, value.text());
				}
			});
		}
		return headers;
	}

	private static String body(@Nullable Member member, boolean json) {
		if (member == null || (!json && member.type() == JsonToken.VALUE_NULL)) {
			return "";
		}
		return (!json && member.isString()) ? member.text() : member.json();
	}

	private static String frame(String command, Map<String, String> headers, String body) {
		StringBuilder frame = new StringBuilder(command).append('\n');
		boolean escaped = hasEscapes(command);
		headers.forEach((name, value) -> {
			boolean plain = !escaped && (name.indexOf(':') >= 0 || LINE_END.matcher(name + value).find());
			if (plain || name.isEmpty() || (name + value).indexOf('\0') >= 0) {
				throw FramingException.invalid("a STOMP header has characters that are not allowed");
			}
			frame.append(escaped ? escape(name) : name)
				.append(':')
				.append(escaped ? escape(value) : value)
				.append('\n');
		});
		return frame.append('\n').append(body).append('\0').toString();
	}

	private static String escape(String text) {
		return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace(":", "\\c");
	}

	static boolean isCommand(String text) {
		return COMMAND.matcher(text).matches();
	}

	static boolean hasEscapes(String command) {
		return !WITHOUT_ESCAPES.contains(command);
	}

	static int utf8Length(int character) {
		if (character < 0x80) {
			return 1;
		}
		if (character < 0x800) {
			return 2;
		}
		return (character < 0x10000) ? 3 : 4;
	}

	private static boolean isJson(String contentType) {
		int semicolon = contentType.indexOf(';');
		String type = ((semicolon < 0) ? contentType : contentType.substring(0, semicolon)).strip()
			.toLowerCase(Locale.ROOT);
		return type.equals("application/json") || type.endsWith("+json");
	}

}
