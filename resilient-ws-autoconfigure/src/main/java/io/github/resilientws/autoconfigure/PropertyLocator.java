package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.github.resilientws.InvalidSettingException;

/**
 * Finds the property that a refused setting of a client came from.
 */
final class PropertyLocator {

	private final Iterable<ConfigurationPropertySource> sources;

	PropertyLocator(Environment environment) {
		this.sources = ConfigurationPropertySources.from(((ConfigurableEnvironment) environment).getPropertySources());
	}

	InvalidConfigurationException refuse(String client, InvalidSettingException ex) {
		String key = ex.getKey();
		for (String group : List.of("resilient-ws.clients." + client + ".", "resilient-ws.defaults.")) {
			for (String spelling : spellings(key)) {
				ConfigurationProperty property = find(ConfigurationPropertyName.adapt(group + spelling, '.'));
				if (property != null) {
					return refuse(group + spelling, ex, property.getOrigin());
				}
			}
		}
		return refuse("resilient-ws.clients." + client + "." + key, ex, null);
	}

	private InvalidConfigurationException refuse(String name, InvalidSettingException ex, @Nullable Origin origin) {
		return new InvalidConfigurationException(FailureText.setting(name, ex.getValue(), origin, ex.getReason()),
				"Correct the value of '" + name + "'.");
	}

	// the one url may be the only one of urls, and YAML writes numeric keys indexed
	private static List<String> spellings(String key) {
		if (key.equals("url")) {
			return List.of("url", "urls[0]");
		}
		int dot = key.lastIndexOf('.');
		return (dot < 0) ? List.of(key) : List.of(key, key.substring(0, dot) + "[" + key.substring(dot + 1) + "]");
	}

	private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property == null && source instanceof IterableConfigurationPropertySource iterable) {
				property = firstBelow(name, iterable);
			}
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private static @Nullable ConfigurationProperty firstBelow(ConfigurationPropertyName name,
			IterableConfigurationPropertySource source) {
		try (Stream<ConfigurationPropertyName> names = source.stream()) {
			return names.filter(name::isAncestorOf).findFirst().map(source::getConfigurationProperty).orElse(null);
		}
	}

}
