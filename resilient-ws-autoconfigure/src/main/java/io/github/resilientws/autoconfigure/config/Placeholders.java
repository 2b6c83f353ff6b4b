package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Resolves <code>${..}</code> in texts. Unlike the binder of Spring Boot, it does not
 * keep a placeholder that no property resolves.
 */
final class Placeholders {

	static final String UNRESOLVED = "holds a ${placeholder} that no property resolves";

	private final PlaceholdersResolver resolver;

	Placeholders(Environment environment) {
		this.resolver = new PropertySourcesPlaceholdersResolver(
				((ConfigurableEnvironment) environment).getPropertySources(),
				new PropertyPlaceholderHelper(SystemPropertyUtils.PLACEHOLDER_PREFIX,
						SystemPropertyUtils.PLACEHOLDER_SUFFIX, SystemPropertyUtils.VALUE_SEPARATOR,
						SystemPropertyUtils.ESCAPE_CHARACTER, false));
	}

	// return the text without placeholders, or null if one cannot be resolved
	@Nullable String resolve(String text) {
		try {
			return String.valueOf(this.resolver.resolvePlaceholders(text));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
