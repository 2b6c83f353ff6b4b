package io.github.resilientws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.SettingsRules;
import io.github.resilientws.settings.TlsSettings;

/**
 * Keeps what it is given, and checks it as the real builder does.
 */
public class FakeBuilder implements ResilientWebSocketClient.Builder {

	public final List<HandshakeCustomizer> customizers = new ArrayList<>();

	public final List<ClientObserver> observers = new ArrayList<>();

	public final Map<Class<?>, Object> components = new LinkedHashMap<>();

	public ClientSettings settings;

	public Supplier<TlsSettings> tls;

	public MessageConverter converter;

	public WebSocketListenerErrorHandler errorHandler;

	public FakeBuilder(String name) {
		this.settings = ClientSettings.defaults(name);
	}

	@Override
	public FakeBuilder settings(UnaryOperator<ClientSettings> update) {
		this.settings = update.apply(this.settings);
		return this;
	}

	@Override
	public FakeBuilder tls(Supplier<TlsSettings> settings) {
		this.tls = settings;
		return this;
	}

	@Override
	public FakeBuilder handshakeCustomizer(HandshakeCustomizer customizer) {
		this.customizers.add(customizer);
		return this;
	}

	@Override
	public FakeBuilder messageConverter(MessageConverter converter) {
		this.converter = converter;
		return this;
	}

	@Override
	public FakeBuilder observer(ClientObserver observer) {
		this.observers.add(observer);
		return this;
	}

	@Override
	public FakeBuilder listener(WebSocketMessageListener listener) {
		throw new UnsupportedOperationException();
	}

	@Override
	public FakeBuilder listenerErrorHandler(WebSocketListenerErrorHandler handler) {
		this.errorHandler = handler;
		return this;
	}

	@Override
	public <T> FakeBuilder component(Class<T> type, T component) {
		this.components.put(type, component);
		return this;
	}

	@Override
	public FakeClient build() {
		SettingsRules.check(this.settings, !this.customizers.isEmpty());
		return new FakeClient(this);
	}

}
