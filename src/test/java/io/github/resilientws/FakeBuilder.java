package io.github.resilientws;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SettingsRules;
import io.github.resilientws.settings.TlsSettings;

/**
 * Keeps what it is given, and checks it as the real builder does.
 */
public class FakeBuilder implements ResilientWebSocketClient.Builder {

	public final String name;

	public final Map<String, String> headers = new LinkedHashMap<>();

	public final Map<String, String> values = new LinkedHashMap<>();

	public final List<HandshakeCustomizer> customizers = new ArrayList<>();

	public final List<ClientObserver> observers = new ArrayList<>();

	public final Map<Class<?>, Object> components = new LinkedHashMap<>();

	public List<URI> urls = List.of();

	public List<String> subprotocols = List.of();

	public String origin = "";

	public Duration connectTimeout = Duration.ofSeconds(10);

	public Duration closeTimeout = Duration.ofSeconds(5);

	public Duration shutdownTimeout = Duration.ofSeconds(10);

	public Supplier<TlsSettings> tls;

	public ProxySettings proxy = ProxySettings.NONE;

	public boolean compression;

	public HeartbeatSettings heartbeat = HeartbeatSettings.DEFAULTS;

	public ReconnectSettings reconnect = ReconnectSettings.DEFAULTS;

	public SessionSettings session = SessionSettings.DEFAULTS;

	public DeliverySettings delivery = DeliverySettings.DEFAULTS;

	public QueueSettings queue = QueueSettings.DEFAULTS;

	public InboundSettings inbound = InboundSettings.DEFAULTS;

	public MessageConverter converter;

	public WebSocketListenerErrorHandler errorHandler;

	public FakeBuilder(String name) {
		this.name = name;
	}

	@Override
	public FakeBuilder urls(List<URI> urls) {
		this.urls = urls;
		return this;
	}

	@Override
	public FakeBuilder header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	@Override
	public FakeBuilder subprotocols(List<String> subprotocols) {
		this.subprotocols = subprotocols;
		return this;
	}

	@Override
	public FakeBuilder origin(String origin) {
		this.origin = origin;
		return this;
	}

	@Override
	public FakeBuilder value(String name, String value) {
		this.values.put(name, value);
		return this;
	}

	@Override
	public FakeBuilder connectTimeout(Duration timeout) {
		this.connectTimeout = timeout;
		return this;
	}

	@Override
	public FakeBuilder closeTimeout(Duration timeout) {
		this.closeTimeout = timeout;
		return this;
	}

	@Override
	public FakeBuilder shutdownTimeout(Duration timeout) {
		this.shutdownTimeout = timeout;
		return this;
	}

	@Override
	public FakeBuilder tls(Supplier<TlsSettings> settings) {
		this.tls = settings;
		return this;
	}

	@Override
	public FakeBuilder proxy(ProxySettings proxy) {
		this.proxy = proxy;
		return this;
	}

	@Override
	public FakeBuilder compression(boolean compression) {
		this.compression = compression;
		return this;
	}

	@Override
	public FakeBuilder heartbeat(UnaryOperator<HeartbeatSettings> update) {
		this.heartbeat = update.apply(this.heartbeat);
		return this;
	}

	@Override
	public FakeBuilder reconnect(UnaryOperator<ReconnectSettings> update) {
		this.reconnect = update.apply(this.reconnect);
		return this;
	}

	@Override
	public FakeBuilder session(UnaryOperator<SessionSettings> update) {
		this.session = update.apply(this.session);
		return this;
	}

	@Override
	public FakeBuilder delivery(UnaryOperator<DeliverySettings> update) {
		this.delivery = update.apply(this.delivery);
		return this;
	}

	@Override
	public FakeBuilder queue(UnaryOperator<QueueSettings> update) {
		this.queue = update.apply(this.queue);
		return this;
	}

	@Override
	public FakeBuilder inbound(UnaryOperator<InboundSettings> update) {
		this.inbound = update.apply(this.inbound);
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
		SettingsRules.check(
				new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
						this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.proxy, this.compression,
						this.heartbeat, this.reconnect, this.session, this.delivery, this.queue, this.inbound),
				!this.customizers.isEmpty());
		return new FakeClient(this);
	}

}
