package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.PropertySource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.autoconfigure.config.ClientConfiguration.HealthSettings;
import io.github.resilientws.autoconfigure.config.ClientConfiguration.Store;
import io.github.resilientws.autoconfigure.config.ClientConfigurationResolver;
import io.github.resilientws.autoconfigure.config.ClientNames;
import io.github.resilientws.autoconfigure.config.ClusterGroup;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.autoconfigure.config.NamedTexts;
import io.github.resilientws.autoconfigure.config.PlaceholderCheck;
import io.github.resilientws.autoconfigure.config.PropertyLocator;
import io.github.resilientws.autoconfigure.config.ProtocolPropertySources;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;
import io.github.resilientws.autoconfigure.config.SettingsView;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ListenerSettings;
import io.github.resilientws.settings.SettingsRules;
import io.github.resilientws.settings.StoreSettings;

/**
 * The resolved configuration of all clients that follow the properties: configured
 * clients and clients created at run time.
 *
 * @since 0.1
 */
public final class ClientConfigurations {

	private final ResilientWebSocketProperties properties;

	private final ResilientWebSocketConnectionDetails details;

	private final PropertyLocator locator;

	/** Settings of the protocol of the defaults, which created clients have. */
	private final @Nullable Client protocol;

	private final NamedTexts textsOfCreated;

	private final ClusterGroup group;

	private final Map<String, ClientConfiguration> configured = new LinkedHashMap<>();

	private final Map<String, ClientConfiguration> created = new ConcurrentHashMap<>();

	private final Set<String> storedByBeans = ConcurrentHashMap.newKeySet();

	ClientConfigurations(ResilientWebSocketProperties properties, ApplicationContext context,
			ResilientWebSocketConnectionDetails details) {
		this.properties = properties;
		this.details = details;
		this.locator = new PropertyLocator(context.getEnvironment());
		ProtocolPropertySources protocols = new ProtocolPropertySources(context.getEnvironment(), context);
		List<PropertySource<?>> protocol = protocols.loadDefaults();
		this.protocol = protocols.bind(protocol);
		this.textsOfCreated = new NamedTexts(context.getEnvironment(), protocol);
		try {
			SettingsRules.check(new ListenerSettings(properties.listener().maxThreads()));
		}
		catch (InvalidSettingException ex) {
			throw this.locator.refuse("resilient-ws." + ex.getKey(), ex.getValue(), ex.getReason());
		}
		this.group = new ClusterGroup(properties.cluster(), context.getEnvironment());
		NamedTexts texts = new NamedTexts(context.getEnvironment());
		for (String name : new ClientNames(context.getEnvironment(), context.getParent()).find()) {
			try {
				this.configured.put(name, resolve(name, this.properties.clients().get(name), texts));
			}
			catch (InvalidSettingException ex) {
				throw refuse(name, ex);
			}
		}
		new PlaceholderCheck(context.getEnvironment()).check();
	}

	private ClientConfiguration resolve(String name, @Nullable Client client, NamedTexts texts) {
		return new ClientConfigurationResolver(name, client, this.properties.defaults(), texts, elsewhere(name))
			.resolve();
	}

	// the resolver itself reads several URLs from the properties
	@Nullable URI elsewhere(String name) {
		return (this.details instanceof PropertiesResilientWebSocketConnectionDetails) ? null
				: this.details.getUrl(name);
	}

	/**
	 * Return the names of the configured clients.
	 * @return the names
	 */
	public Collection<String> getNames() {
		return Collections.unmodifiableSet(this.configured.keySet());
	}

	// the instances that share the lines of the clients
	ClusterGroup group() {
		return this.group;
	}

	/**
	 * Return the settings in force of a client under the names of their properties,
	 * without secrets.
	 * @param client the client
	 * @return settings by key, groups nested; empty if the client does not follow the
	 * properties
	 */
	public Map<String, Object> describe(ResilientWebSocketClient client) {
		ClientConfiguration configuration = find(client);
		return (configuration != null)
				? SettingsView
					.of(configuration.withSettings(configuration.settings().withHeartbeat(client.getHeartbeat())))
				: Map.of();
	}

	/**
	 * Return how long a client may be in an outage and still count as up.
	 * @param client the client
	 * @return the grace period; the default if the client does not follow the properties
	 */
	public Duration getGracePeriod(ResilientWebSocketClient client) {
		return health(client).gracePeriod();
	}

	/**
	 * Return whether an outage of a client makes the application unhealthy.
	 * @param client the client
	 * @return whether the client is critical; the default if the client does not follow
	 * the properties
	 */
	public boolean isCritical(ResilientWebSocketClient client) {
		return health(client).critical();
	}

	private HealthSettings health(ResilientWebSocketClient client) {
		ClientConfiguration configuration = find(client);
		return (configuration != null) ? configuration.health() : HealthSettings.DEFAULTS;
	}

	/**
	 * Return whether messages of a client are acknowledged.
	 * @param client the client
	 * @return whether the client delivers at least once; {@code false} if that is unknown
	 */
	public boolean isAcknowledged(ResilientWebSocketClient client) {
		ClientSettings settings = settings(client);
		return settings != null && settings.delivery().isAtLeastOnce();
	}

	// the locator of what listeners of subscriptions get; empty for the whole message
	String getSubscriptionPayload(ResilientWebSocketClient client) {
		ClientSettings settings = settings(client);
		return (settings != null) ? settings.subscription().payload() : "";
	}

	private @Nullable ClientSettings settings(ResilientWebSocketClient client) {
		ClientConfiguration configuration = find(client);
		return (configuration != null) ? configuration.settings() : ClientRuntime.settingsOf(client);
	}

	// the configuration of a client, with the settings in force; null if it does not
	// follow the properties
	@Nullable ClientConfiguration find(ResilientWebSocketClient client) {
		ClientConfiguration configuration = this.configured.get(client.getName());
		if (configuration == null) {
			configuration = this.created.get(client.getName());
		}
		if (configuration != null && this.storedByBeans.contains(client.getName())) {
			configuration = configuration.withStore(Store.BEAN);
		}
		ClientSettings settings = ClientRuntime.settingsOf(client);
		return (configuration != null && settings != null) ? configuration.withSettings(settings) : configuration;
	}

	// return whether a configured client uses the same file
	boolean hasStore(String name, StoreSettings store) {
		ClientConfiguration configuration = this.configured.get(name);
		return configuration != null && !isStoredByBean(name) && store.directory() != null
				&& isSame(store.directory(), configuration.settings().queue().store().directory());
	}

	private static boolean isSame(Path directory, @Nullable Path other) {
		return other != null && directory.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
	}

	// record that a bean stores the messages of a client
	void storedByBean(String name) {
		this.storedByBeans.add(name);
	}

	boolean isStoredByBean(String name) {
		return this.storedByBeans.contains(name);
	}

	// describe a refused setting under the name of its property
	InvalidConfigurationException refuse(String name, InvalidSettingException ex) {
		return this.locator.refuse(name, ex);
	}

	ClientConfiguration get(String name) {
		ClientConfiguration configuration = this.configured.get(name);
		if (configuration == null) {
			throw new InvalidConfigurationException(
					"The client '" + name
							+ "' is not configured, but was when the application was processed ahead of time",
					"Configure 'resilient-ws.clients." + name + "', or process the application without it.");
		}
		return configuration;
	}

	// hold the configuration of a client that is created at run time: the defaults and
	// their protocol
	ClientConfiguration create(String name) {
		ClientConfiguration configuration = resolve(name, this.protocol, this.textsOfCreated);
		this.created.put(name, configuration);
		return configuration;
	}

	void forget(String name) {
		this.created.remove(name);
		this.storedByBeans.remove(name);
	}

}
