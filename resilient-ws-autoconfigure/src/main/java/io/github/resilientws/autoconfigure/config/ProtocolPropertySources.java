package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;

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

	private static final ConfigurationPropertyName DEFAULTS = KnownKeys.PREFIX.append("defaults");

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
		// one source per protocol: every property is searched for in all sources
		Map<String, Users> protocols = new LinkedHashMap<>();
		ConfigurationPropertyName shared = DEFAULTS.append(OWN);
		for (String client : clients) {
			ConfigurationPropertyName prefix = KnownKeys.PREFIX.append("clients").append(client);
			String protocol = find(binder, prefix.append(OWN));
			ConfigurationPropertyName key = (protocol != null) ? prefix.append(OWN) : shared;
			protocol = (protocol != null) ? protocol : find(binder, shared);
			// an empty text takes back a default
			if (StringUtils.hasLength(protocol)) {
				protocols.computeIfAbsent(protocol, (first) -> new Users(key, new ArrayList<>()))
					.prefixes()
					.add(prefix);
			}
		}
		protocols.forEach((protocol,
				users) -> add(load("protocol of clients: " + protocol, users.key(), protocol, users.prefixes())));
		return !protocols.isEmpty();
	}

	/**
	 * Load the settings of the protocol that the defaults name, for clients that are not
	 * configured. They take precedence over the defaults.
	 * @return property sources with keys of the defaults; empty if there is no protocol
	 * @throws InvalidConfigurationException if the file does not exist or cannot be read,
	 * or a key of it is unknown
	 */
	public List<PropertySource<?>> loadDefaults() {
		ConfigurationPropertyName key = DEFAULTS.append(OWN);
		String protocol = find(Binder.get(this.environment), key);
		if (!StringUtils.hasLength(protocol)) {
			return List.of();
		}
		List<PropertySource<?>> sources = List
			.copyOf(load("protocol of the defaults: " + protocol, key, protocol, List.of(DEFAULTS)));
		new KeyCheck(sources).check();
		return sources;
	}

	/**
	 * Bind the settings of the protocol that the defaults name.
	 * @param sources the result of {@link #loadDefaults()}
	 * @return the settings, or {@code null} if there is no protocol
	 */
	public @Nullable Client bind(List<PropertySource<?>> sources) {
		return new Binder(ConfigurationPropertySources.from(sources),
				new PropertySourcesPlaceholdersResolver(this.environment))
			.bind(DEFAULTS, Bindable.of(Client.class))
			.orElse(null);
	}

	private static @Nullable String find(Binder binder, ConfigurationPropertyName name) {
		return binder.bind(name, Bindable.of(String.class)).orElse(null);
	}

	private void add(List<ProtocolPropertySource> loaded) {
		MutablePropertySources sources = this.environment.getPropertySources();
		for (ProtocolPropertySource source : loaded) {
			// a context also has the property sources of its parent
			if (sources.get(source.getName()) instanceof ProtocolPropertySource present) {
				sources.replace(source.getName(), present.and(source));
			}
			else {
				sources.addLast(source);
			}
		}
	}

	private List<ProtocolPropertySource> load(String name, ConfigurationPropertyName key, String protocol,
			List<ConfigurationPropertyName> prefixes) {
		Resource file = resource(protocol);
		if (file != null && !file.exists()) {
			throw refuse(key, protocol, "the file does not exist");
		}
		if (file == null) {
			throw refuse(key, protocol, "there is no such protocol; allowed are " + String.join(", ", NAMES)
					+ ", or classpath: or file: and the location of a YAML file");
		}
		try {
			List<ProtocolPropertySource> sources = new ArrayList<>();
			for (PropertySource<?> source : this.loader.load(name, file)) {
				sources.add(prefixed(source, prefixes, protocol));
			}
			return sources;
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

	private static ProtocolPropertySource prefixed(PropertySource<?> source, List<ConfigurationPropertyName> prefixes,
			String protocol) {
		Map<String, Object> properties = new LinkedHashMap<>();
		// the values have their origins in the file
		Map<?, ?> values = (Map<?, ?>) source.getSource();
		for (ConfigurationPropertyName prefix : prefixes) {
			for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				properties.put(prefix + "." + name, values.get(name));
			}
		}
		return new ProtocolPropertySource(source.getName(), properties, protocol);
	}

	private InvalidConfigurationException refuse(ConfigurationPropertyName key, String protocol, String reason) {
		return new PropertyLocator(this.environment).refuse(key.toString(), FailureText.printable(protocol), reason);
	}

	/**
	 * The clients that name a protocol.
	 *
	 * @param key key that named it first
	 * @param prefixes prefixes of their settings
	 */
	private record Users(ConfigurationPropertyName key, List<ConfigurationPropertyName> prefixes) {

	}

}
