package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * Notifies the listeners, in their order, once per client. Notifications of clients wait
 * until all singletons exist, so that a listener may have its client injected.
 */
class ClientRegistrationNotifier implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ClientRegistrationNotifier.class);

	private final ClientConfigurations configurations;

	private final ClientCollaborators collaborators;

	private final BeanFactory beanFactory;

	/** Names of the clients that listeners were notified of. */
	private final Set<String> added = ConcurrentHashMap.newKeySet();

	private volatile boolean started;

	ClientRegistrationNotifier(ClientConfigurations configurations, ClientCollaborators collaborators,
			BeanFactory beanFactory) {
		this.configurations = configurations;
		this.collaborators = collaborators;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.collaborators.checkBeans(this.configurations.getNames());
		this.collaborators.checkQualifiers(this.configurations.getNames());
		// first: a client that is created meanwhile is notified below, by its own thread,
		// or by both
		this.started = true;
		List<ClientRegistrationListener> listeners = listeners();
		this.beanFactory.getBean(ResilientWebSocketClients.class).forEach((client) -> onAdded(client, listeners));
	}

	void onAdded(ResilientWebSocketClient client) {
		if (this.started) {
			onAdded(client, listeners());
		}
	}

	private void onAdded(ResilientWebSocketClient client, List<ClientRegistrationListener> listeners) {
		if (this.added.add(client.getName())) {
			listeners.forEach((listener) -> listener.onAdded(client));
		}
	}

	void onRemoved(String name) {
		listeners().forEach((listener) -> onRemoved(listener, name));
		this.added.remove(name);
	}

	private List<ClientRegistrationListener> listeners() {
		return this.collaborators.own(ClientRegistrationListener.class);
	}

	// the name must be released even if a listener fails
	private static void onRemoved(ClientRegistrationListener listener, String name) {
		try {
			listener.onRemoved(name);
		}
		catch (RuntimeException ex) {
			logger.warn("[" + name + "] " + listener.getClass().getName() + " failed when the client was removed: "
					+ FailureDescription.describe(ex));
		}
	}

}
