package io.github.resilientws.autoconfigure.config;

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

import io.github.resilientws.protocol.UnknownNameException;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * Finds the property that set a refused setting of a client.
 *
 * @since 0.1
 */
public final class PropertyLocator {

	private final Iterable<ConfigurationPropertySource> sources;

	/**
	 * Create a locator.
	 * @param environment environment with the property sources to search
	 */
	public PropertyLocator(Environment environment) {
		this.sources = ConfigurationPropertySources.from(((ConfigurableEnvironment) environment).getPropertySources());
	}

	/**
	 * Describe a refused setting of a client under the name of the property that set it.
	 * @param client name of the client
	 * @param ex the refused setting, with a key relative to the client
	 * @return the exception to throw
	 */
	public InvalidConfigurationException refuse(String client, InvalidSettingException ex) {
		String own = "resilient-ws.clients." + client + ".";
		List<String> groups = List.of(own, "resilient-ws.defaults.");
		// a missing setting belongs to the group that has its siblings
		for (String key = ex.getKey(); !key.isEmpty(); key = parent(key)) {
			for (String group : groups) {
				for (String spelling : spellings(key)) {
					ConfigurationProperty property = find(group + spelling);
					if (property != null) {
						String protocol = ProtocolPropertySource.protocolOf(property);
						if (protocol != null && ex instanceof UnknownNameException unknown) {
							return missing(own + "values." + unknown.getName(), unknown, protocol, property);
						}
						String name = group + (key.equals(ex.getKey()) ? spelling : ex.getKey());
						return refuse(name, ex.getValue(), ex.getReason());
					}
				}
			}
		}
		return refuse(own + ex.getKey(), ex.getValue(), ex.getReason());
	}

	// a template of the protocol is right, a value for it is missing
	private static InvalidConfigurationException missing(String name, UnknownNameException ex, String protocol,
			ConfigurationProperty property) {
		Origin origin = ProtocolPropertySources.NAMES.contains(protocol) ? null : property.getOrigin();
		return new InvalidConfigurationException(FailureText.setting(name, "", origin, "is missing; " + ex.getKey()
				+ " of the protocol " + FailureText.printable(protocol) + " needs " + ex.getValue()),
				"Set '" + name + "'.");
	}

	private static String parent(String key) {
		return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
	}

	/**
	 * Describe a refused property.
	 * @param name full name of the property
	 * @param value the refused value; empty for a secret one
	 * @param reason the mistake, and the allowed values
	 * @return the exception to throw
	 */
	public InvalidConfigurationException refuse(String name, String value, String reason) {
		ConfigurationProperty property = find(name);
		Origin origin = (property != null) ? property.getOrigin() : null;
		return new InvalidConfigurationException(FailureText.setting(name, value, origin, reason),
				((property != null) ? "Correct the value of '" : "Set '") + name + "'.");
	}

	// a single URL may be the only element of urls, and
	// YAML writes numeric keys as indexes
	private static List<String> spellings(String key) {
		if (key.equals("url")) {
			return List.of("url", "urls[0]");
		}
		int dot = key.lastIndexOf('.');
		return (dot < 0) ? List.of(key) : List.of(key, key.substring(0, dot) + "[" + key.substring(dot + 1) + "]");
	}

	private @Nullable ConfigurationProperty find(String text) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(text, '.');
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
