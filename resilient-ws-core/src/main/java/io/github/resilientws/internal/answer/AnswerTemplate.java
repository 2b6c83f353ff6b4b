package io.github.resilientws.internal.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;

/**
 * A template whose text answers a message. Immutable.
 *
 * @param template the template
 * @param pointers a locator for each of its pointers into that message
 */
public record AnswerTemplate(Template template, Map<String, Locator> pointers) {

	/**
	 * Compile a template.
	 * @param builder collects the locators
	 * @param key key of the setting, for failure texts
	 * @param text value of the setting
	 * @return the template
	 */
	public static AnswerTemplate compile(MessageRules.Builder builder, String key, String text) {
		Template template = Template.parseAnswer(key, text);
		Map<String, Locator> pointers = new HashMap<>();
		for (String pointer : template.pointers()) {
			pointers.put(pointer, builder.locator(key, pointer));
		}
		return new AnswerTemplate(template, Map.copyOf(pointers));
	}

	/**
	 * Return the values of the pointers.
	 * @param message the message that is answered
	 * @return returns the value of a pointer, and {@code null} for a name
	 */
	public Function<String, @Nullable Object> valuesFor(ParsedMessage message) {
		return (name) -> {
			Locator locator = this.pointers.get(name);
			return (locator != null) ? message.findValue(locator) : null;
		};
	}

}
