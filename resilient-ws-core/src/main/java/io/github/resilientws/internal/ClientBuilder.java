package io.github.resilientws.internal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;
import org.springframework.util.Assert;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.session.ProtocolRulesHolder;
import io.github.resilientws.observation.HandshakeObservationConvention;
import io.github.resilientws.observation.ReceiveObservationConvention;
import io.github.resilientws.observation.SendObservationConvention;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.SettingsRules;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.transport.NoTransportException;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Collects the settings and collaborators of one client.
 */
final class ClientBuilder implements ResilientWebSocketClient.Builder {

	private static final Set<Class<?>> COMPONENTS = Set.of(WebSocketTransport.class, WebSocketTransportDecorator.class,
			ReconnectPolicy.class, OutboxStoreFactory.class, SharedOutboxStoreFactory.class, RetryPolicy.class,
			SleepingBackOffPolicy.class, ObservationRegistry.class, HandshakeObservationConvention.class,
			SendObservationConvention.class, ReceiveObservationConvention.class, TaskDecorator.class,
			InstantSource.class, RandomGenerator.class, WebSocketFrameCodecFactory.class, LineElection.class);

	private final CallbackThreads threads;

	private final List<HandshakeCustomizer> customizers = new ArrayList<>();

	private final List<ClientObserver> observers = new ArrayList<>();

	private final List<WebSocketMessageListener> listeners = new ArrayList<>();

	private final Map<Class<?>, Object> components = new LinkedHashMap<>();

	private ClientSettings settings;

	private @Nullable Supplier<TlsSettings> tls;

	ClientBuilder(String name, CallbackThreads threads, @Nullable WebSocketTransport transport) {
		this.settings = ClientSettings.defaults(name);
		this.threads = threads;
		if (transport != null) {
			this.components.put(WebSocketTransport.class, transport);
		}
	}

	@Override
	public ClientBuilder settings(UnaryOperator<ClientSettings> update) {
		ClientSettings updated = update.apply(this.settings);
		Assert.notNull(updated, "'update' must not return null");
		Assert.isTrue(updated.name().equals(this.settings.name()),
				() -> "'update' must not change the name '" + this.settings.name() + "'");
		this.settings = updated;
		return this;
	}

	@Override
	public ClientBuilder tls(Supplier<TlsSettings> settings) {
		this.tls = settings;
		return this;
	}

	@Override
	public ClientBuilder handshakeCustomizer(HandshakeCustomizer customizer) {
		this.customizers.add(customizer);
		return this;
	}

	@Override
	public ClientBuilder messageConverter(MessageConverter converter) {
		this.components.put(MessageConverter.class, converter);
		return this;
	}

	@Override
	public ClientBuilder observer(ClientObserver observer) {
		this.observers.add(observer);
		return this;
	}

	@Override
	public ClientBuilder listener(WebSocketMessageListener listener) {
		this.listeners.add(listener);
		return this;
	}

	@Override
	public ClientBuilder listenerErrorHandler(WebSocketListenerErrorHandler handler) {
		this.components.put(WebSocketListenerErrorHandler.class, handler);
		return this;
	}

	@Override
	public <T> ClientBuilder component(Class<T> type, T component) {
		Assert.isTrue(COMPONENTS.contains(type), () -> "'type' must be one of "
				+ COMPONENTS.stream().map(Class::getName).sorted().toList() + ", but is " + type.getName());
		Assert.notNull(component, "'component' must not be null");
		this.components.put(type, component);
		return this;
	}

	@Override
	public ResilientWebSocketClient build() {
		ClientSettings settings = SettingsRules.check(this.settings, !this.customizers.isEmpty());
		ProtocolRulesHolder rules = new ProtocolRulesHolder(settings, !this.customizers.isEmpty());
		if (!(this.components.get(WebSocketTransport.class) instanceof WebSocketTransport transport)) {
			throw new NoTransportException(settings.name());
		}
		transport.check(settings, this.tls != null);
		ApplicationComponents collaborators = new ApplicationComponents(this.customizers, this.observers,
				this.listeners, this.tls, this.components);
		return new ClientAssembly(settings, collaborators, this.threads, rules, transport).assemble();
	}

}
