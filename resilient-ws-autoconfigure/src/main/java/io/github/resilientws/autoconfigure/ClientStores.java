package io.github.resilientws.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.autoconfigure.config.ClientConfiguration.Store;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.autoconfigure.config.PropertyLocator;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.StoreHeldException;
import io.github.resilientws.store.StoreUnavailableException;

/**
 * Decides what keeps the messages of a client: a bean of the user's, unless memory is
 * configured, or what is configured. A client that delivers at most once ignores it.
 */
final class ClientStores {

	private static final Log logger = LogFactory.getLog(ClientStores.class);

	private final ClientCollaborators collaborators;

	private final ClientConfigurations configurations;

	ClientStores(ClientCollaborators collaborators, ClientConfigurations configurations) {
		this.collaborators = collaborators;
		this.configurations = configurations;
	}

	void apply(ResilientWebSocketClient.Builder builder, String name, ClientConfiguration configuration) {
		OutboxStoreFactory factory = (configuration.store() != Store.MEMORY)
				? this.collaborators.single(OutboxStoreFactory.class, name) : null;
		if (factory == null) {
			return;
		}
		builder.component(OutboxStoreFactory.class, factory);
		this.configurations.storedByBean(name);
		if (configuration.store() == Store.FILE && configuration.settings().delivery().isAtLeastOnce()) {
			logger.info("[" + name + "] Messages are kept by a bean of type " + factory.getClass().getName()
					+ ", which wins over queue.store file");
			builder.queue((queue) -> queue.withStore(StoreSettings.MEMORY));
		}
	}

	// name the property that tells where the store is, if it is one
	RuntimeException refuse(ClientSettings settings, PropertyLocator locator, StoreUnavailableException ex) {
		StoreSettings store = settings.queue().store();
		if (store.kind() != Kind.FILE || this.configurations.isStoredByBean(settings.name())) {
			return ex;
		}
		InvalidConfigurationException refusal = locator.refuse(settings.name(),
				new InvalidSettingException("queue.directory", String.valueOf(store.directory()), ex.getReason()));
		String action = (ex.getCause() instanceof StoreHeldException)
				? "End the application that holds the file, or give this one a directory of its own."
				: "Let this process read and write in the directory, or set another one.";
		return new InvalidConfigurationException(String.valueOf(refusal.getMessage()), action, ex);
	}

}
