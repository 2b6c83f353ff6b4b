package io.github.resilientws.autoconfigure;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.event.MessageEventPublisher;

/**
 * Adds listeners to the configured clients once all singletons are there, so that a
 * listener may have its client injected.
 */
class ClientListeners implements SmartInitializingSingleton {

	private final ApplicationContext context;

	private final ResilientWebSocketClients clients;

	private final ClientConfigurations configurations;

	private final ClientCollaborators collaborators;

	ClientListeners(ApplicationContext context, ResilientWebSocketClients clients, ClientConfigurations configurations,
			ClientCollaborators collaborators) {
		this.context = context;
		this.clients = clients;
		this.configurations = configurations;
		this.collaborators = collaborators;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.configurations.getNames().forEach(this::checkBean);
		this.collaborators.checkQualifiers(this.configurations.getNames());
		MessageEventInterest interest = new MessageEventInterest(this.context);
		for (ResilientWebSocketClient client : this.clients) {
			ClientConfiguration configuration = this.configurations.find(client.getName());
			if (configuration != null) {
				this.collaborators.all(WebSocketMessageListener.class, client.getName()).forEach(client::addListener);
				if (publishes(configuration, interest)) {
					client.addListener(new MessageEventPublisher(client.getName(), this.context));
				}
			}
		}
	}

	private void checkBean(String name) {
		if (!this.context.containsBean(ClientNames.beanName(name))) {
			throw new InvalidConfigurationException(
					"The client '" + name
							+ "' is configured, but the application was processed ahead of time without it",
					"Configure 'resilient-ws.clients." + name + "' when the application is built, too.");
		}
	}

	private static boolean publishes(ClientConfiguration configuration, MessageEventInterest interest) {
		return switch (configuration.publishMessages()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case AUTO -> interest.isDeclared();
		};
	}

}
