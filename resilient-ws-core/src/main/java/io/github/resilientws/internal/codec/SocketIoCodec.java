package io.github.resilientws.internal.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

import io.github.resilientws.internal.codec.JsonReader.Member;
import io.github.resilientws.protocol.WebSocketFrameCodec;

/**
 * Translates between packets of Engine.IO 4 and Socket.IO 5 and
 * {@code {"type":..,"nsp":..,"id":..,"data":..}}. Packets with binary attachments are not
 * supported.
 */
public final class SocketIoCodec implements WebSocketFrameCodec {

	private static final Set<String> MEMBERS = Set.of("type", "nsp", "id", "data");

	// namespace, id and data of a Socket.IO packet; the id fits into a long, and no array
	// or object follows a longer one
	private static final Pattern PACKET = Pattern.compile("(?:(/[^,]*)(?:,|\\z))?([0-9]{1,18})?(.*)", Pattern.DOTALL);

	private static final Pattern NAMESPACE = Pattern.compile("/[^,]*");

	private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

	@Override
	public List<String> decode(String text) {
		if (text.isEmpty()) {
			throw FramingException.invalid("an empty Engine.IO packet");
		}
		String content = text.substring(1);
		return switch (text.charAt(0)) {
			case '0' -> List.of(message("open", "", "", object(content)));
			case '1' -> List.of(message("close", "", "", nothing(content)));
			case '2' -> List.of(message("ping", "", "", probe(content)));
			case '3' -> List.of(message("pong", "", "", probe(content)));
			case '4' -> List.of(packet(content));
			case '6' -> List.of();
			default -> throw FramingException.invalid("not an Engine.IO packet");
		};
	}

	@Override
	public List<String> decode(ByteBuffer bytes) {
		throw FramingException.invalid("binary attachments of Socket.IO are not supported");
	}

	private static String packet(String content) {
		Matcher packet = PACKET.matcher(content).region(Math.min(1, content.length()), content.length());
		if (!packet.matches()) {
			throw FramingException.invalid("not a Socket.IO packet");
		}
		String namespace = (packet.group(1) != null) ? packet.group(1) : "";
		String id = (packet.group(2) != null) ? packet.group(2) : "";
		String data = packet.group(3);
		return switch (content.isEmpty() ? ' ' : content.charAt(0)) {
			case '0' -> message("connect", namespace, id, data.isEmpty() ? "" : object(data));
			case '1' -> message("disconnect", namespace, id, nothing(data));
			case '2' -> message("event", namespace, id, array(data));
			case '3' -> message("ack", namespace, required(id), array(data));
			case '4' -> message("connect_error", namespace, id, value(data));
			case '5', '6' -> throw FramingException.invalid("binary attachments of Socket.IO are not supported");
			default -> throw FramingException.invalid("not a Socket.IO packet");
		};
	}

	private static String message(String type, String namespace, String id, String data) {
		StringBuilder json = new StringBuilder("{\"type\":\"").append(type).append('"');
		if (!namespace.isEmpty() && !namespace.equals("/")) {
			json.append(",\"nsp\":").append(JsonReader.quote(namespace));
		}
		if (!id.isEmpty()) {
			json.append(",\"id\":").append(Long.parseLong(id));
		}
		if (!data.isEmpty()) {
			json.append(",\"data\":").append(data);
		}
		return json.append('}').toString();
	}

	private static String nothing(String content) {
		if (!content.isEmpty()) {
			throw FramingException.invalid("a packet has data that its type does not allow");
		}
		return content;
	}

	private static String probe(String content) {
		return content.isEmpty() ? "" : JsonReader.quote(content);
	}

	private static String object(String data) {
		return value(data, '{');
	}

	private static String array(String data) {
		return value(data, '[');
	}

	private static String value(String data, char start) {
		if (data.isEmpty() || data.charAt(0) != start) {
			throw FramingException.invalid("a packet has data that its type does not allow");
		}
		return value(data);
	}

	private static String value(String data) {
		if (!JsonReader.isValue(data)) {
			throw FramingException.invalid("data of a packet is not JSON");
		}
		return data;
	}

	private static String required(String id) {
		if (id.isEmpty()) {
			throw FramingException.invalid("an acknowledgement has no id");
		}
		return id;
	}

	@Override
	public String encode(String text) {
		Map<String, Member> message = JsonReader.members(text);
		if (!MEMBERS.containsAll(message.keySet())) {
			throw FramingException.invalid("a Socket.IO message has only the members type, nsp, id and data");
		}
		Member type = message.get("type");
		String namespace = namespace(message.get("nsp"));
		Member data = Member.isAbsent(message.get("data")) ? null : message.get("data");
		String id = id(message.get("id"));
		return switch ((type != null && type.isString()) ? type.text() : "") {
			case "ping" -> "2" + ((data != null) ? data.text() : "");
			case "pong" -> "3" + ((data != null) ? data.text() : "");
			case "connect" -> "40" + namespace + ((data != null) ? object(data.json()) : "");
			case "disconnect" -> "41" + namespace;
			case "event" -> "42" + namespace + id + elements(data);
			case "ack" -> "43" + namespace + required(id) + elements(data);
			default -> throw FramingException.invalid("the type of a Socket.IO message is not one to send");
		};
	}

	private static String namespace(@Nullable Member member) {
		if (member == null || Member.isAbsent(member) || member.text().equals("/")) {
			return "";
		}
		if (!member.isString() || !NAMESPACE.matcher(member.text()).matches()) {
			throw FramingException.invalid("nsp of a Socket.IO message is not a namespace");
		}
		return member.text() + ",";
	}

	private static String id(@Nullable Member member) {
		if (member == null || Member.isAbsent(member)) {
			return "";
		}
		if (!ID.matcher(member.text()).matches()) {
			throw FramingException.invalid("id of a Socket.IO message is not a number");
		}
		return member.text();
	}

	private static String elements(@Nullable Member data) {
		if (data == null || data.type() != JsonToken.START_ARRAY) {
			throw FramingException.invalid("data of a Socket.IO message is not an array");
		}
		return data.json();
	}

}
