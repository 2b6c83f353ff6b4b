package io.github.resilientws.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

import io.github.resilientws.InvalidSettingException;

/**
 * Resolved configuration of all configured clients.
 */
public final class ClientConfigurations {

	private final Map<String, ClientConfiguration> configurations = new LinkedHashMap<>();

	ClientConfigurations(ResilientWsProperties properties, Environment environment) {
		PropertyLocator locator = new PropertyLocator(environment);
		if (properties.listener().maxThreads() < 1) {
			throw locator.refuse("resilient-ws.listener.max-threads",
					Integer.toString(properties.listener().maxThreads()), "must be at least 1");
		}
		for (String name : new ClientNames(environment).find()) {
			try {
				this.configurations.put(name,
						new ClientConfigurationResolver(name, properties.clients().get(name), properties.defaults())
							.resolve());
			}
			catch (InvalidSettingException ex) {
				throw locator.refuse(name, ex);
			}
		}
	}

	/**
	 * Return the names of the configured clients.
	 * @return the names
	 */
	public Collection<String> getNames() {
		return Collections.unmodifiableSet(this.configurations.keySet());
	}

	/**
	 * Return the configuration of a client.
	 * @param name name of the client
	 * @return its configuration, or {@code null} if it is not configured by properties
	 */
	public @Nullable ClientConfiguration find(String name) {
		return this.configurations.get(name);
	}

	ClientConfiguration get(String name) {
		ClientConfiguration configuration = find(name);
		if (configuration == null) {
			throw new InvalidConfigurationException(
					"The client '" + name
							+ "' is not configured, but the application was processed ahead of time with it",
					"Configure 'resilient-ws.clients." + name + "', or build the application without it.");
		}
		return configuration;
	}

}
