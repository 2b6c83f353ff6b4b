package io.github.resilientws.test;

import java.util.function.Predicate;

import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A matcher of configuration, applied to single texts.
 */
final class TextMatcher implements Predicate<String> {

	private final MessageRules rules;

	private final MessageMatcher matcher;

	TextMatcher(String expression) {
		MessageRules.Builder builder = MessageRules.builder();
		this.matcher = builder.matcher("on", expression);
		this.rules = builder.build();
	}

	@Override
	public boolean test(String text) {
		ParsedMessage message = this.rules.read(text);
		return message.matches(this.matcher);
	}

}
