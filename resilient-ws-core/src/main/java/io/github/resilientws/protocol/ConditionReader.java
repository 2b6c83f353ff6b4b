package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * Parses one matcher expression.
 */
final class ConditionReader {

	private static final String OR = " || ";

	private static final String AND = " && ";

	private static final String EQUALS = " = ";

	private final String key;

	private final String expression;

	private final PointerCollector pointers;

	private ConditionReader(String key, String expression, PointerCollector pointers) {
		this.key = key;
		this.expression = expression;
		this.pointers = pointers;
	}

	/**
	 * Parse the expression.
	 * @param key key of the setting
	 * @param expression the expression
	 * @param pointers collects the pointers of the expression
	 * @return its condition
	 * @throws InvalidSettingException if it is not a matcher
	 */
	static Condition read(String key, String expression, PointerCollector pointers) {
		if (expression.isBlank()) {
			throw new InvalidSettingException(key, expression,
					"a matcher must not be blank: allowed are /pointer, /pointer = text, ~regex, or the whole frame");
		}
		return switch (expression.charAt(0)) {
			case '/' -> new ConditionReader(key, expression, pointers).anyOf();
			case '~' -> new Condition.Finds(BoundedRegex.compile(key, expression));
			default -> new Condition.WholeText(expression.getBytes(StandardCharsets.UTF_8));
		};
	}

	private Condition anyOf() {
		List<Condition> terms = new ArrayList<>();
		for (String term : split(this.expression, OR)) {
			terms.add(allOf(term));
		}
		return (terms.size() == 1) ? terms.get(0) : new Condition.AnyOf(List.copyOf(terms));
	}

	private Condition allOf(String expression) {
		List<Condition> terms = new ArrayList<>();
		for (String term : split(expression, AND)) {
			terms.add(term(term));
		}
		return (terms.size() == 1) ? terms.get(0) : new Condition.AllOf(List.copyOf(terms));
	}

	private Condition term(String term) {
		if (!term.startsWith("/")) {
			throw invalid("after && and || a pointer that starts with / must follow (to match these characters"
					+ " themselves use ~regex)");
		}
		int equals = term.indexOf(EQUALS);
		if (equals >= 0) {
			return new Condition.ScalarEquals(this.pointers.scalar(this.key, term.substring(0, equals)),
					EncodedText.of(term.substring(equals + EQUALS.length())));
		}
		if (term.endsWith(" =") || term.endsWith(" &&") || term.endsWith(" ||")) {
			throw invalid("something must follow after =, && and ||");
		}
		return new Condition.Exists(this.pointers.scalar(this.key, term));
	}

	private InvalidSettingException invalid(String reason) {
		return new InvalidSettingException(this.key, this.expression, reason);
	}

	private static List<String> split(String text, String operator) {
		List<String> parts = new ArrayList<>();
		int start = 0;
		for (int end = text.indexOf(operator); end >= 0; end = text.indexOf(operator, start)) {
			parts.add(text.substring(start, end));
			start = end + operator.length();
		}
		parts.add(text.substring(start));
		return parts;
	}

}
