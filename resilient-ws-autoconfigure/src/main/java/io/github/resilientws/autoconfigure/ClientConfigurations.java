package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

import io.github.resilientws.InvalidSettingException;

/**
 * Resolved configuration of all configured clients.
 */
public final class ClientConfigurations {

	private final Map<String, ClientConfiguration> configurations = new LinkedHashMap<>();

	ClientConfigurations(ResilientWsProperties properties, Environment environment,
			ResilientWebSocketConnectionDetails details) {
		PropertyLocator locator = new PropertyLocator(environment);
		if (properties.listener().maxThreads() < 1) {
			throw locator.refuse("resilient-ws.listener.max-threads",
					Integer.toString(properties.listener().maxThreads()), "must be at least 1");
		}
		for (String name : new ClientNames(environment).find()) {
			try {
				this.configurations.put(name, new ClientConfigurationResolver(name, properties.clients().get(name),
						properties.defaults(), url(name, details))
					.resolve());
			}
			catch (InvalidSettingException ex) {
				throw locator.refuse(name, ex);
			}
		}
	}

	// the properties may tell several urls, which the resolver reads itself
	private static @Nullable URI url(String name, ResilientWebSocketConnectionDetails details) {
		return (details instanceof PropertiesResilientWebSocketConnectionDetails) ? null : details.getUrl(name);
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
		Assert.state(configuration != null, () -> "no client '" + name + "' is configured");
		return configuration;
	}

}
