package io.github.resilientws.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.autoconfigure.config.ClientConfiguration.Store;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.store.StoreHeldException;
import io.github.resilientws.store.StoreUnavailableException;

/**
 * Chooses the store of a client: a bean of the user, unless memory is configured, or else
 * the configured store. A client that delivers at most once has no store.
 */
final class ClientStores {

	private static final Log logger = LogFactory.getLog(ClientStores.class);

	private final ClientCollaborators collaborators;

	private final ClientConfigurations configurations;

	private final ApplicationContext context;

	ClientStores(ClientCollaborators collaborators, ClientConfigurations configurations, ApplicationContext context) {
		this.context = context;
		this.collaborators = collaborators;
		this.configurations = configurations;
	}

	void apply(ResilientWebSocketClient.Builder builder, String name, ClientConfiguration configuration) {
		OutboxStoreFactory factory = (configuration.store() != Store.MEMORY && configuration.store() != Store.JDBC)
				? this.collaborators.single(OutboxStoreFactory.class, name) : null;
		if (factory == null) {
			return;
		}
		builder.component(OutboxStoreFactory.class, factory);
		this.configurations.storedByBean(name);
		if (configuration.store() == Store.FILE && configuration.settings().delivery().isAtLeastOnce()) {
			logger.info("[" + name + "] Messages are stored by a bean of type " + factory.getClass().getName()
					+ ", which overrides queue.store file");
			builder.queue((queue) -> queue.withStore(StoreSettings.MEMORY));
		}
	}

	// with the settings in force
	void choose(ResilientWebSocketClient.Builder builder) {
		builder.settings((settings) -> {
			if (settings.queue().store().kind() == Kind.JDBC) {
				builder.component(SharedOutboxStoreFactory.class, sharedStores(settings.name()));
			}
			return settings;
		});
	}

	private SharedOutboxStoreFactory sharedStores(String name) {
		SharedOutboxStoreFactory factory = this.collaborators.single(SharedOutboxStoreFactory.class, name);
		if (factory == null) {
			throw new InvalidSettingException("queue.store", "jdbc",
					"needs a DataSource: add org.springframework.boot:spring-boot-starter-jdbc and a driver, or choose"
							+ " memory or file");
		}
		return factory;
	}

	// name the property that sets the directory of the store, if one does
	RuntimeException refuse(ClientSettings settings, StoreUnavailableException ex) {
		StoreSettings store = settings.queue().store();
		if (store.kind() != Kind.FILE || this.configurations.isStoredByBean(settings.name())) {
			return ex;
		}
		String parent = (ex.getCause() instanceof StoreHeldException) ? parentWithTheStore(settings) : null;
		String reason = (parent != null) ? ex.getReason() + ", by the client of this name in the parent context '"
				+ parent + "', which is configured with the same directory" : ex.getReason();
		InvalidConfigurationException refusal = this.configurations.refuse(settings.name(),
				new InvalidSettingException("queue.directory", String.valueOf(store.directory()), reason));
		String action = (ex.getCause() instanceof StoreHeldException)
				? "Stop the application that holds the file, or set another directory for this one."
				: "Let this process read and write in the directory, or set another one.";
		if (parent != null) {
			action = "Each context of a hierarchy has its own clients: configure the client in one of them,"
					+ " or set a separate directory for each.";
		}
		return new InvalidConfigurationException(String.valueOf(refusal.getMessage()), action, ex);
	}

	private @Nullable String parentWithTheStore(ClientSettings settings) {
		for (ApplicationContext parent = this.context.getParent(); parent != null; parent = parent.getParent()) {
			ClientConfigurations configurations = parent.getBeanProvider(ClientConfigurations.class).getIfAvailable();
			if (configurations != null && configurations.hasStore(settings.name(), settings.queue().store())) {
				return parent.getId();
			}
		}
		return null;
	}

}
