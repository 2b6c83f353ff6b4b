package io.github.resilientws.autoconfigure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As much of Prometheus' language as the files under {@code docs/observability} use.
 */
final class PromQl {

	/** Labels that Prometheus adds when it scrapes. */
	private static final Set<String> ADDED = Set.of("job", "instance");

	private static final Set<String> FUNCTIONS = Set.of("sum", "max", "min", "avg", "rate", "increase", "label_values");

	private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "on", "by", "bool");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");

	private static final Pattern NAME = Pattern.compile("([a-zA-Z_][\\w]*)\\s*(\\()?(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|=)\\s*\"([^\"]*)\"");

	private static final Pattern COMPARISON = Pattern
		.compile("(?:sum by \\([^)]*\\) \\()?(\\w+)(?:\\{([^}]*)})?\\)? (==|>) ([0-9.]+)");

	private PromQl() {
	}

	/**
	 * Check that an expression names only metrics, labels and values that exist.
	 * @param expression the expression
	 * @param scrape what exists
	 * @return the metrics that it names
	 */
	static Set<String> check(String expression, Scrape scrape) {
		Set<String> metrics = new LinkedHashSet<>();
		Set<String> grouped = new LinkedHashSet<>();
		Matcher grouping = GROUPING.matcher(expression);
		while (grouping.find()) {
			grouped.addAll(Arrays.asList(grouping.group(1).split("\\s*,\\s*")));
		}
		String rest = grouping.reset().replaceAll("").replaceAll("\\[[^]]*]", "");
		Matcher name = NAME.matcher(rest);
		for (int from = 0; name.find(from); from = name.end()) {
			if (name.group(2) != null) {
				assertThat(FUNCTIONS).as(expression).contains(name.group(1));
			}
			else if (!KEYWORDS.contains(name.group(1))) {
				assertThat(scrape.names()).as(expression).contains(name.group(1));
				checkMatchers(name.group(1), name.group(3), scrape);
				metrics.add(name.group(1));
			}
		}
		assertThat(metrics).as(expression).isNotEmpty();
		grouped.removeAll(ADDED);
		metrics.forEach((metric) -> assertThat(labels(metric, scrape)).as(expression).containsAll(grouped));
		return metrics;
	}

	static Set<String> labels(String metric, Scrape scrape) {
		return scrape.of(metric, Map.of())
			.stream()
			.flatMap((sample) -> sample.labels().keySet().stream())
			.collect(Collectors.toSet());
	}

	private static void checkMatchers(String metric, String matchers, Scrape scrape) {
		Matcher matcher = MATCHER.matcher((matchers != null) ? matchers : "");
		while (matcher.find()) {
			assertThat(labels(metric, scrape)).as(metric).contains(matcher.group(1));
			if (!matcher.group(3).startsWith("$")) {
				assertThat(scrape.values(metric, matcher.group(1))).as(metric).contains(matcher.group(3).split("\\|"));
			}
		}
	}

	/**
	 * Evaluate one comparison, or several joined by {@code and on (...)}.
	 * @param expression the expression
	 * @param scrape the samples
	 * @return the clients for which it is true
	 */
	static Set<String> clients(String expression, Scrape scrape) {
		return Stream.of(expression.split(" and on \\([^)]*\\) "))
			.map((term) -> compare(term, scrape))
			.reduce((a, b) -> {
				a.retainAll(b);
				return a;
			})
			.orElseThrow();
	}

	private static Set<String> compare(String term, Scrape scrape) {
		Matcher comparison = COMPARISON.matcher(term.strip());
		assertThat(comparison.matches()).as(term).isTrue();
		Map<String, Double> sums = new HashMap<>();
		scrape.of(comparison.group(1), selector(comparison.group(2)))
			.forEach((sample) -> sums.merge(sample.labels().get("client"), sample.value(), Double::sum));
		double bound = Double.parseDouble(comparison.group(4));
		return sums.entrySet()
			.stream()
			.filter((sum) -> comparison.group(3).equals("==") ? sum.getValue() == bound : sum.getValue() > bound)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	private static Map<String, Pattern> selector(String matchers) {
		Map<String, Pattern> selector = new HashMap<>();
		Matcher matcher = MATCHER.matcher((matchers != null) ? matchers : "");
		while (matcher.find()) {
			selector.put(matcher.group(1), Pattern
				.compile(matcher.group(2).equals("=~") ? matcher.group(3) : Pattern.quote(matcher.group(3))));
		}
		return selector;
	}

}
