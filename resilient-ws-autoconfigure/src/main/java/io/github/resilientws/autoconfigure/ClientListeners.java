package io.github.resilientws.autoconfigure;

import org.springframework.context.ApplicationContext;
import org.springframework.util.function.SingletonSupplier;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.event.MessageEventPublisher;
import io.github.resilientws.listener.WebSocketListenerMethodProcessor;

/**
 * Adds to each client the listeners that serve it.
 */
class ClientListeners implements ClientRegistrationListener {

	private final ApplicationContext context;

	private final ClientConfigurations configurations;

	private final ClientCollaborators collaborators;

	private final WebSocketListenerMethodProcessor methods;

	private final SingletonSupplier<Boolean> interest;

	ClientListeners(ApplicationContext context, ClientConfigurations configurations, ClientCollaborators collaborators,
			WebSocketListenerMethodProcessor methods) {
		this.context = context;
		this.configurations = configurations;
		this.collaborators = collaborators;
		this.methods = methods;
		this.interest = SingletonSupplier.of(() -> new MessageEventInterest(context).isDeclared());
	}

	@Override
	public void onAdded(ResilientWebSocketClient client) {
		this.methods.register(client);
		ClientConfiguration configuration = this.configurations.find(client);
		if (configuration != null) {
			this.collaborators.own(WebSocketMessageListener.class, client.getName()).forEach(client::addListener);
			if (publishes(configuration)) {
				client.addListener(new MessageEventPublisher(client.getName(), this.context));
			}
		}
	}

	@Override
	public void onRemoved(String name) {
		this.methods.unregister(name);
	}

	private boolean publishes(ClientConfiguration configuration) {
		return switch (configuration.publishMessages()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case AUTO -> Boolean.TRUE.equals(this.interest.get());
		};
	}

}
