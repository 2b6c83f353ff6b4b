package io.github.resilientws.autoconfigure.config;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ClusterSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.StoreSettings;

/**
 * Merges the settings of a client, the shared defaults and the built-in defaults, in this
 * order of precedence.
 *
 * @since 0.1
 */
public final class ClientConfigurationResolver {

	private final String name;

	private final PropertyFallback<Client> client;

	private final NamedTexts texts;

	private final @Nullable URI url;

	/**
	 * Create a resolver.
	 * @param name name of the client
	 * @param client properties of the client
	 * @param defaults properties that all clients share
	 * @param texts headers and template values of all clients
	 * @param url address that replaces the URLs of the properties
	 */
	public ClientConfigurationResolver(String name, @Nullable Client client, Client defaults, NamedTexts texts,
			@Nullable URI url) {
		this.texts = texts;
		this.name = name;
		this.url = url;
		this.client = new PropertyFallback<>(client, defaults);
	}

	/**
	 * Resolve the configuration.
	 * @return the configuration, without absent values
	 * @throws InvalidSettingException for the first setting that cannot be read
	 */
	public ClientConfiguration resolve() {
		ClientSettings defaults = ClientSettings.defaults(this.name)
			.withUrls(urls())
			.withHeaders(this.texts.headers(this.name))
			.withValues(this.texts.values(this.name));
		ClientSettings settings = shareStore(ClientKeys.ALL.read(this.client, defaults));
		return ClientConfigurationKeys.ALL.read(this.client, ClientConfiguration.defaults(settings))
			.withStore(QueueKeys.choose(this.client.at(Client::queue)));
	}

	// several instances share the messages, so that only one of them may send
	private ClientSettings shareStore(ClientSettings settings) {
		if (settings.queue().store().kind() != StoreSettings.Kind.JDBC) {
			return settings;
		}
		if (this.client.at(Client::cluster).find(ClusterProperties::mode) == ClusterSettings.Mode.EACH) {
			throw new InvalidSettingException("cluster.mode", "each",
					"is not allowed with queue.store jdbc: the instances share the messages; allowed is one");
		}
		return settings.withCluster(settings.cluster().withMode(ClusterSettings.Mode.ONE));
	}

	private List<URI> urls() {
		return (this.url != null) ? List.of(this.url) : ClientUrls.of(this.client.own(), this.client.shared());
	}

}
