package io.github.resilientws.autoconfigure.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

import io.github.resilientws.autoconfigure.config.KnownKeys.Kind;
import io.github.resilientws.autoconfigure.config.KnownKeys.Match;

/**
 * Refuses unknown keys before anything is bound: the check of Spring Boot ignores keys
 * below list elements, and cannot suggest another key.
 *
 * @since 0.1
 */
public final class KeyCheck {

	// names that Spring Boot accepts; it ignores a key with another character
	private static final Pattern RAW_NAME = Pattern.compile("resilient-ws(\\.[A-Za-z0-9_-]+|\\[[^]]*])*");

	private static final List<String> TEXTS_BY_NAME = List.of("headers", "values");

	private static final List<String> MATCHERS = List.of("await", "when");

	private final Iterable<PropertySource<?>> sources;

	private final KnownKeys keys = new KnownKeys();

	/**
	 * Create a check.
	 * @param environment environment with the property sources to check
	 */
	public KeyCheck(Environment environment) {
		this(((ConfigurableEnvironment) environment).getPropertySources());
	}

	KeyCheck(Iterable<PropertySource<?>> sources) {
		this.sources = sources;
	}

	/**
	 * Check all keys below {@code resilient-ws}.
	 * @throws InvalidConfigurationException if a key is unknown
	 */
	public void check() {
		UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
		Set<String> problems = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.from(this.sources)) {
			if (source instanceof IterableConfigurationPropertySource iterable && filter.apply(source)) {
				checkRawNames(iterable, problems);
				check(iterable, problems);
			}
		}
		if (!problems.isEmpty()) {
			throw new InvalidConfigurationException(String.join("\n\n", problems),
					"Correct or remove the settings named above.");
		}
	}

	private static void checkRawNames(IterableConfigurationPropertySource source, Set<String> problems) {
		if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> raw) {
			for (String name : raw.getPropertyNames()) {
				if (name.startsWith(KnownKeys.PREFIX + ".") && !RAW_NAME.matcher(name).matches()) {
					problems.add("The setting '" + FailureText.printable(name)
							+ "' has a character in its name that is only allowed in brackets and quotes, as in '[a b]'");
				}
			}
		}
	}

	private void check(IterableConfigurationPropertySource source, Set<String> problems) {
		Set<ConfigurationPropertyName> misshapen = new HashSet<>();
		for (ConfigurationPropertyName name : source) {
			if (KnownKeys.PREFIX.isAncestorOf(name)) {
				Match match = this.keys.match(name);
				String problem = describe(match, name, source);
				// one text for all elements of a map or list
				if (problem != null && (!match.isMisshapen() || misshapen.add(match.name()))) {
					problems.add(problem);
				}
			}
		}
	}

	private @Nullable String describe(Match match, ConfigurationPropertyName name,
			IterableConfigurationPropertySource source) {
		if (match.complete() && TEXTS_BY_NAME.contains(match.node().dashed())
				&& name.isNumericIndex(name.getNumberOfElements() - 1)) {
			return describe(new StringBuilder("The setting '").append(name)
				.append("' belongs to a map of names and values, but YAML read it as a list"), name, source);
		}
		if (match.complete()) {
			return (match.node().kind() == Kind.GROUP) ? describe(new StringBuilder("The setting '").append(name)
				.append("' is not a value but a group of settings; give at least one of: ")
				.append(known(match)), name, source) : null;
		}
		if (match.isMisshapen()) {
			return describe(new StringBuilder("The setting '").append(match.name())
				.append("' is ")
				.append(shape(match, name.isNumericIndex(match.name().getNumberOfElements()))), name, source);
		}
		StringBuilder text = new StringBuilder("The setting '").append(name).append("' is unknown");
		String nearest = new KeySuggestion(this.keys).find(name);
		return describe((nearest != null) ? text.append("; did you mean '").append(nearest).append("'?")
				: text.append("; known keys here: ").append(known(match)), name, source);
	}

	private static String shape(Match match, boolean list) {
		if (match.node().kind() == Kind.LIST) {
			return "a list, but YAML read it as a map: put it in [ ], or '-' before each element";
		}
		return (list && MATCHERS.contains(match.node().dashed()))
				? "one matcher, but YAML read it as a list: join several by && or ||"
				: "a text, but YAML read it as a map or list: put it in single quotes";
	}

	private static String known(Match match) {
		List<String> known = new ArrayList<>();
		match.node().children().values().forEach((child) -> known.add(child.dashed()));
		return known.isEmpty() ? "no keys below '" + match.name() + "'"
				: known.stream().collect(Collectors.joining(", "));
	}

	private static String describe(StringBuilder text, ConfigurationPropertyName name,
			IterableConfigurationPropertySource source) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		if (property != null) {
			FailureText.appendOrigin(text, property.getOrigin());
		}
		return text.toString();
	}

}
