package io.github.resilientws.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of {@link RulesBenchmark} on a tree of each message, as an application would
 * write them.
 */
final class TreeRules {

	private final JsonMapper mapper = new JsonMapper();

	private final Map<String, JsonPointer> captures = new HashMap<>();

	private final Map<String, JsonNode> captured = new HashMap<>();

	private final Map<String, Object> subscriptions = new HashMap<>();

	private final JsonPointer op = JsonPointer.compile("/op");

	private final JsonPointer id = JsonPointer.compile("/id");

	private final JsonPointer result = JsonPointer.compile("/result");

	private final JsonPointer error = JsonPointer.compile("/error");

	private final JsonPointer reconnect = JsonPointer.compile("/params/reconnect");

	private final JsonPointer ping = JsonPointer.compile("/params/ping");

	private final JsonPointer channel = JsonPointer.compile("/channel");

	TreeRules(Map<String, String> captures, List<String> channels) {
		captures.forEach((name, pointer) -> this.captures.put(name, JsonPointer.compile(pointer)));
		channels.forEach((name) -> this.subscriptions.put(name, new Object()));
	}

	/**
	 * Apply the rules.
	 * @param text text of the message
	 * @return the rule or the subscription that takes the message, or {@code null}
	 */
	@Nullable Object apply(String text) {
		JsonNode message = this.mapper.readTree(text);
		this.captures.forEach((name, pointer) -> {
			JsonNode value = message.at(pointer);
			if (!value.isMissingNode() && !value.isNull()) {
				this.captured.put(name, value);
			}
		});
		if (is(message, this.op, "pong")) {
			return "heartbeat";
		}
		if (!message.at(this.error).isMissingNode() && !message.at(this.id).isMissingNode()) {
			return "refusal";
		}
		if (!message.at(this.result).isMissingNode() && !message.at(this.id).isMissingNode()) {
			return "reply";
		}
		if (is(message, this.reconnect, "true")) {
			return "reconnect";
		}
		if (!message.at(this.ping).isMissingNode()) {
			return "auto-reply";
		}
		JsonNode name = message.at(this.channel);
		return name.isString() ? this.subscriptions.get(name.stringValue()) : null;
	}

	private static boolean is(JsonNode message, JsonPointer place, String text) {
		JsonNode value = message.at(place);
		return value.isValueNode() && value.asString().equals(text);
	}

}
