package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Adds the settings of the file that {@code protocol} names, below those of the client.
 * As a property source of lowest precedence they give way to the client's own keys, and
 * take precedence over the shared defaults.
 *
 * @since 0.1
 */
public final class ProtocolPropertySources {

	/** Names of the files that this library has. */
	static final List<String> NAMES = List.of("json-rpc", "graphql-transport-ws", "socket.io", "stomp", "ocpp",
			"signalr", "phoenix", "centrifugo");

	static final String LOCATION = "classpath:io/github/resilientws/autoconfigure/protocol/";

	private static final ConfigurationPropertyName OWN = ConfigurationPropertyName.of("protocol");

	private final ConfigurableEnvironment environment;

	private final ResourceLoader resources;

	private final YamlPropertySourceLoader loader = new YamlPropertySourceLoader();

	/**
	 * Create property sources.
	 * @param environment environment to read and to add to
	 * @param resources loads {@code classpath:} and {@code file:}
	 */
	public ProtocolPropertySources(Environment environment, ResourceLoader resources) {
		this.environment = (ConfigurableEnvironment) environment;
		this.resources = resources;
	}

	/**
	 * Add the settings of all clients that name a protocol.
	 * @param clients names of the clients
	 * @return whether a property source was added
	 * @throws InvalidConfigurationException if a file does not exist or cannot be read
	 */
	public boolean add(Iterable<String> clients) {
		Binder binder = Binder.get(this.environment);
		boolean added = false;
		ConfigurationPropertyName shared = KnownKeys.PREFIX.append("defaults").append(OWN);
		for (String client : clients) {
			ConfigurationPropertyName own = KnownKeys.PREFIX.append("clients").append(client).append(OWN);
			String protocol = find(binder, own);
			ConfigurationPropertyName key = (protocol != null) ? own : shared;
			protocol = (protocol != null) ? protocol : find(binder, shared);
			// an empty text takes back a default
			if (StringUtils.hasLength(protocol)) {
				add(client, key, protocol);
				added = true;
			}
		}
		return added;
	}

	private static @Nullable String find(Binder binder, ConfigurationPropertyName name) {
		return binder.bind(name, Bindable.of(String.class)).orElse(null);
	}

	private void add(String client, ConfigurationPropertyName key, String protocol) {
		Resource file = resource(protocol);
		if (file == null || !file.exists()) {
			throw refuse(key, protocol, "there is no such protocol; allowed are " + String.join(", ", NAMES)
					+ ", or classpath: or file: and the location of a YAML file");
		}
		MutablePropertySources sources = this.environment.getPropertySources();
		String prefix = KnownKeys.PREFIX.append("clients").append(client) + ".";
		try {
			for (PropertySource<?> source : this.loader.load("protocol of client '" + client + "': " + protocol,
					file)) {
				if (!sources.contains(source.getName())) {
					sources.addLast(prefixed(source, prefix));
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			throw refuse(key, protocol, "the file is not a YAML file that can be read: " + ex.getClass().getName());
		}
	}

	private @Nullable Resource resource(String protocol) {
		if (protocol.startsWith("classpath:") || protocol.startsWith("file:")) {
			return this.resources.getResource(protocol);
		}
		return NAMES.contains(protocol) ? this.resources.getResource(LOCATION + protocol + ".yaml") : null;
	}

	private static PropertySource<?> prefixed(PropertySource<?> source, String prefix) {
		Map<String, Object> properties = new LinkedHashMap<>();
		// the values have their origins in the file
		Map<?, ?> values = (Map<?, ?>) source.getSource();
		for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
			properties.put(prefix + name, values.get(name));
		}
		return new OriginTrackedMapPropertySource(source.getName(), properties);
	}

	private InvalidConfigurationException refuse(ConfigurationPropertyName key, String protocol, String reason) {
		return new PropertyLocator(this.environment).refuse(key.toString(), FailureText.printable(protocol), reason);
	}

}
