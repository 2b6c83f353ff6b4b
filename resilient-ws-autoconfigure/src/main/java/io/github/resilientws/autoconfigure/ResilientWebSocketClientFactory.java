package io.github.resilientws.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.InvalidSettingException;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.event.ApplicationEvents;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * Makes the configured clients: settings first, then the beans that serve the client, the
 * user's customizers last.
 */
class ResilientWebSocketClientFactory {

	static final String BEAN_NAME = "resilientWebSocketClientFactory";

	private final ClientBuilders builders;

	private final ClientConfigurations configurations;

	private final ClientCollaborators collaborators;

	private final PropertyLocator locator;

	private final ApplicationEventPublisher publisher;

	private final ClientConverters converters;

	ResilientWebSocketClientFactory(ClientBuilders builders, ClientConfigurations configurations,
			ClientCollaborators collaborators, PropertyLocator locator, ApplicationEventPublisher publisher,
			ClientConverters converters) {
		this.builders = builders;
		this.configurations = configurations;
		this.collaborators = collaborators;
		this.locator = locator;
		this.publisher = publisher;
		this.converters = converters;
	}

	ResilientWebSocketClient create(String name) {
		ClientConfiguration configuration = this.configurations.get(name);
		ResilientWebSocketClient.Builder builder = this.builders.builder(name);
		try {
			configure(builder, configuration.settings());
			collaborate(builder, name);
			return builder.build();
		}
		catch (InvalidSettingException ex) {
			throw this.locator.refuse(name, ex);
		}
	}

	private void configure(ResilientWebSocketClient.Builder builder, ClientSettings settings) {
		builder.urls(settings.urls()).subprotocols(settings.subprotocols()).origin(settings.origin());
		settings.headers().forEach(builder::header);
		settings.values().forEach(builder::value);
		builder.connectTimeout(settings.connectTimeout())
			.closeTimeout(settings.closeTimeout())
			.shutdownTimeout(settings.shutdownTimeout())
			.proxy(settings.proxy())
			.compression(settings.compression())
			.heartbeat((builtIn) -> settings.heartbeat())
			.reconnect((builtIn) -> settings.reconnect())
			.session((builtIn) -> settings.session())
			.queue((builtIn) -> settings.queue())
			.inbound((builtIn) -> settings.inbound());
	}

	private void collaborate(ResilientWebSocketClient.Builder builder, String name) {
		MessageConverter converter = this.converters.find(name);
		if (converter != null) {
			builder.messageConverter(converter);
		}
		WebSocketListenerErrorHandler errorHandler = this.collaborators.single(WebSocketListenerErrorHandler.class,
				name);
		if (errorHandler != null) {
			builder.listenerErrorHandler(errorHandler);
		}
		component(builder, ReconnectPolicy.class, this.collaborators.single(ReconnectPolicy.class, name));
		component(builder, RetryPolicy.class, this.collaborators.qualified(RetryPolicy.class, name));
		component(builder, SleepingBackOffPolicy.class, backOff(name));
		component(builder, WebSocketTransport.class, this.collaborators.qualified(WebSocketTransport.class, name));
		this.collaborators.all(HandshakeCustomizer.class, name).forEach(builder::handshakeCustomizer);
		builder.observer(new ApplicationEvents(this.publisher));
		this.collaborators.all(ClientObserver.class, name).forEach(builder::observer);
		this.collaborators.all(ResilientWebSocketClientCustomizer.class, name)
			.forEach((customizer) -> customizer.customize(name, builder));
	}

	private static <T> void component(ResilientWebSocketClient.Builder builder, Class<T> type, @Nullable T component) {
		if (component != null) {
			builder.component(type, component);
		}
	}

	private @Nullable SleepingBackOffPolicy<?> backOff(String name) {
		BackOffPolicy backOff = this.collaborators.qualified(BackOffPolicy.class, name);
		if (backOff != null && !(backOff instanceof SleepingBackOffPolicy)) {
			throw new InvalidConfigurationException(
					"The BackOffPolicy bean of the client '" + name + "' is a " + backOff.getClass().getName()
							+ ", which can only wait by blocking a thread",
					"Use a SleepingBackOffPolicy, such as ExponentialBackOffPolicy or UniformRandomBackOffPolicy.");
		}
		return (SleepingBackOffPolicy<?>) backOff;
	}

}
