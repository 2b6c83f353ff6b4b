package io.github.resilientws.autoconfigure.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Warns of placeholders in templates and other texts that no property resolves. They are
 * not refused, because a protocol may use the same characters. {@link NamedTexts} refuses
 * those in headers and values.
 *
 * @since 0.1
 */
public final class PlaceholderCheck {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	private static final List<String> REFUSED = List.of("headers", "values");

	private final Iterable<ConfigurationPropertySource> sources;

	private final Placeholders placeholders;

	private final KnownKeys keys = new KnownKeys();

	/**
	 * Create a check.
	 * @param environment environment with the property sources to check
	 */
	public PlaceholderCheck(Environment environment) {
		this.sources = ConfigurationPropertySources.from(((ConfigurableEnvironment) environment).getPropertySources());
		this.placeholders = new Placeholders(environment);
	}

	/** Log the name of each setting with such a placeholder. */
	public void check() {
		Set<ConfigurationPropertyName> seen = new HashSet<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter(KnownKeys.PREFIX::isAncestorOf)
					.filter(seen::add)
					.filter((name) -> isUnresolved(iterable.getConfigurationProperty(name)))
					.forEach((name) -> logger.warn("The setting '" + name + "' " + Placeholders.UNRESOLVED));
			}
		}
	}

	private boolean isUnresolved(@Nullable ConfigurationProperty property) {
		return property != null && property.getValue() instanceof CharSequence text && text.toString().contains("${")
				&& !REFUSED.contains(this.keys.match(property.getName()).node().dashed())
				&& this.placeholders.resolve(text.toString()) == null;
	}

}
