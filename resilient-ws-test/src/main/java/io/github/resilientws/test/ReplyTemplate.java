package io.github.resilientws.test;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;

/**
 * A reply whose placeholders are filled from the fields of the text that it answers.
 */
final class ReplyTemplate {

	private static final TemplateValues BUILT_IN = new TemplateValues(List.of(), () -> UUID.randomUUID().toString(),
			InstantSource.system());

	private final Template template;

	private final Map<String, Locator> fields = new HashMap<>();

	private final MessageRules rules;

	ReplyTemplate(String text) {
		this.template = Template.parseAnswer("reply", text);
		MessageRules.Builder builder = MessageRules.builder();
		for (String name : this.template.names()) {
			this.fields.put(name, builder.locator("reply", "/" + name));
		}
		for (String pointer : this.template.pointers()) {
			this.fields.put(pointer, builder.locator("reply", pointer));
		}
		this.rules = builder.build();
	}

	String render(String received) {
		ParsedMessage message = this.rules.read(received);
		return this.template.render(BUILT_IN.forText((name) -> {
			Locator field = this.fields.get(name);
			return (field != null) ? value(message, field, name.startsWith("/")) : null;
		}));
	}

	// numbers and booleans keep their JSON type
	private static @Nullable Object value(ParsedMessage message, Locator field, boolean asFound) {
		if (asFound) {
			return message.findValue(field);
		}
		String json = message.findJson(field);
		String text = message.find(field);
		if (json == null || text == null || json.startsWith("\"") || json.startsWith("{") || json.startsWith("[")) {
			return text;
		}
		return (json.equals("true") || json.equals("false")) ? Boolean.valueOf(json) : new BigDecimal(json);
	}

}
