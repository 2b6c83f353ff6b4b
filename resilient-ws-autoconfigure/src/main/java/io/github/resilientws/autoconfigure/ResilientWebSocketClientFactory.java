package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.TaskDecorator;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.event.ApplicationEvents;
import io.github.resilientws.observation.HandshakeObservationConvention;
import io.github.resilientws.observation.ReceiveObservationConvention;
import io.github.resilientws.observation.SendObservationConvention;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.store.StoreUnavailableException;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Creates clients from the settings of the properties, then the beans that serve the
 * client, then the customizers of the user, and finally, for a client created at run
 * time, the settings of its caller.
 */
class ResilientWebSocketClientFactory implements DisposableBean {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClientFactory.class);

	static final String BEAN_NAME = "resilientWebSocketClientFactory";

	private static final List<Class<?>> CONVENTIONS = List.of(HandshakeObservationConvention.class,
			SendObservationConvention.class, ReceiveObservationConvention.class);

	private final ClientBuilderFactory builders;

	private final ClientConfigurations configurations;

	private final ClientCollaborators collaborators;

	private final ApplicationContext context;

	private final ClientConverters converters;

	private final ClientTlsBundles tlsBundles;

	private final ClientStores stores;

	private final ClientElections elections;

	private final List<ResilientWebSocketClient> beans = new CopyOnWriteArrayList<>();

	ResilientWebSocketClientFactory(ClientBuilderFactory builders, ClientConfigurations configurations,
			ClientCollaborators collaborators, ApplicationContext context, ClientConverters converters,
			ClientTlsBundles tlsBundles) {
		this.builders = builders;
		this.configurations = configurations;
		this.collaborators = collaborators;
		this.context = context;
		this.converters = converters;
		this.tlsBundles = tlsBundles;
		this.stores = new ClientStores(collaborators, configurations, context);
		this.elections = new ClientElections(context, configurations, Clock.systemUTC());
	}

	ClientElections elections() {
		return this.elections;
	}

	ResilientWebSocketClient create(String name) {
		ClientConfiguration configuration = this.configurations.get(name);
		try {
			ResilientWebSocketClient.Builder builder = builder(name, configuration);
			this.elections.choose(builder);
			this.stores.choose(builder);
			ResilientWebSocketClient client = builder.build();
			this.beans.add(client);
			return client;
		}
		catch (InvalidSettingException ex) {
			throw this.configurations.refuse(name, ex);
		}
		catch (StoreUnavailableException ex) {
			throw this.stores.refuse(configuration.settings(), ex);
		}
	}

	// after a failed start only this closes the clients, which may hold their stores
	@Override
	public void destroy() {
		CompletableFuture
			.allOf(this.beans.stream()
				.map((client) -> ClientShutdown.prompt(client, this.configurations.find(client)))
				.toArray(CompletableFuture[]::new))
			.join();
	}

	ResilientWebSocketClient createAtRuntime(String name, Consumer<ResilientWebSocketClient.Builder> settings) {
		ResilientWebSocketClient.Builder builder = builder(name, this.configurations.create(name));
		settings.accept(builder);
		URI elsewhere = this.configurations.elsewhere(name);
		if (elsewhere != null) {
			builder.urls(List.of(elsewhere));
		}
		this.elections.choose(builder);
		this.stores.choose(builder);
		return builder.build();
	}

	private ResilientWebSocketClient.Builder builder(String name, ClientConfiguration configuration) {
		ResilientWebSocketClient.Builder builder = this.builders.builder(configuration);
		builder.settings((defaults) -> configuration.settings());
		Supplier<TlsSettings> tls = this.tlsBundles.find(configuration);
		if (tls != null) {
			builder.tls(tls);
		}
		this.stores.apply(builder, name, configuration);
		this.elections.apply(builder, configuration);
		component(builder, WebSocketFrameCodecFactory.class,
				this.collaborators.codec(configuration.settings().framing().codec()));
		collaborate(builder, name);
		return builder;
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
		single(builder, ReconnectPolicy.class, name);
		component(builder, RetryPolicy.class, this.collaborators.qualified(RetryPolicy.class, name));
		component(builder, SleepingBackOffPolicy.class, backOff(name));
		component(builder, WebSocketTransportDecorator.class, decorator(name));
		for (Class<?> convention : CONVENTIONS) {
			single(builder, convention, name);
		}
		component(builder, TaskDecorator.class, this.collaborators.qualified(TaskDecorator.class, name));
		this.collaborators.all(HandshakeCustomizer.class, name).forEach(builder::handshakeCustomizer);
		builder.observer(new ApplicationEvents(this::publish));
		this.collaborators.own(ClientObserver.class, name).forEach(builder::observer);
		this.collaborators.own(ResilientWebSocketClientCustomizer.class, name)
			.forEach((customizer) -> customizer.customize(name, builder));
	}

	private void publish(Object event) {
		try {
			this.context.publishEvent(event);
		}
		catch (BeanCreationNotAllowedException ex) {
			// the context did not start, and its beans are destroyed
			logger.debug("A listener was not created, and misses " + event, ex);
		}
	}

	private <T> void single(ResilientWebSocketClient.Builder builder, Class<T> type, String name) {
		component(builder, type, this.collaborators.single(type, name));
	}

	private static <T> void component(ResilientWebSocketClient.Builder builder, Class<T> type, @Nullable T component) {
		if (component != null) {
			builder.component(type, component);
		}
	}

	// the first is next to the transport
	private @Nullable WebSocketTransportDecorator decorator(String name) {
		return this.collaborators.all(WebSocketTransportDecorator.class, name)
			.stream()
			.reduce((inner, outer) -> (client, transport) -> outer.decorate(client, inner.decorate(client, transport)))
			.orElse(null);
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
