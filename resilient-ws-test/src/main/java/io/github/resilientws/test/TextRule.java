package io.github.resilientws.test;

import java.util.function.Predicate;

import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A matcher, as configuration spells it, for single texts.
 */
final class TextRule implements Predicate<String> {

	private final MessageRules rules;

	private final MessageMatcher matcher;

	TextRule(String expression) {
		MessageRules.Builder builder = MessageRules.builder();
		this.matcher = builder.matcher("on", expression);
		this.rules = builder.build();
	}

	@Override
	public boolean test(String text) {
		ParsedMessage frame = this.rules.read(text);
		return frame.matches(this.matcher);
	}

}
