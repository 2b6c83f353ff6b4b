package io.github.resilientws.test;

import java.util.function.Predicate;

import io.github.resilientws.protocol.FrameRules;
import io.github.resilientws.protocol.Matcher;
import io.github.resilientws.protocol.ParsedFrame;

/**
 * A matcher, as configuration spells it, for single texts.
 */
final class TextRule implements Predicate<String> {

	private final FrameRules rules;

	private final Matcher matcher;

	TextRule(String expression) {
		FrameRules.Builder builder = FrameRules.builder();
		this.matcher = builder.matcher("on", expression);
		this.rules = builder.build();
	}

	@Override
	public boolean test(String text) {
		ParsedFrame frame = this.rules.read(text);
		return frame.matches(this.matcher);
	}

}
