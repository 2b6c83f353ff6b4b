package io.github.resilientws.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Step;

/**
 * Good settings of which a test spoils one.
 */
class SettingsDraft {

	String name = "chat";

	List<URI> urls = List.of(URI.create("ws://localhost/ws"));

	Map<String, String> headers = Map.of();

	List<String> subprotocols = List.of();

	String origin = "";

	Map<String, String> values = Map.of();

	Duration connectTimeout = Duration.ofSeconds(10);

	Duration closeTimeout = Duration.ofSeconds(5);

	Duration shutdownTimeout = Duration.ofSeconds(10);

	ProxySettings proxy = ProxySettings.NONE;

	boolean compression;

	HeartbeatSettings heartbeat = HeartbeatSettings.DEFAULTS;

	ReconnectSettings reconnect = ReconnectSettings.DEFAULTS;

	SessionSettings session = SessionSettings.DEFAULTS;

	DeliverySettings delivery = DeliverySettings.DEFAULTS;

	QueueSettings queue = QueueSettings.DEFAULTS;

	InboundSettings inbound = InboundSettings.DEFAULTS;

	void url(String... urls) {
		this.urls = List.of(urls).stream().map(URI::create).toList();
	}

	void header(String name, String value) {
		this.headers = Map.of(name, value);
	}

	void value(String name) {
		this.values = Map.of(name, "s3cret");
	}

	void heartbeat(UnaryOperator<HeartbeatSettings> update) {
		this.heartbeat = update.apply(this.heartbeat);
	}

	void reconnect(UnaryOperator<ReconnectSettings> update) {
		this.reconnect = update.apply(this.reconnect);
	}

	void delivery(UnaryOperator<DeliverySettings> update) {
		this.delivery = update.apply(this.delivery);
	}

	void queue(UnaryOperator<QueueSettings> update) {
		this.queue = update.apply(this.queue);
	}

	void steps(Step... steps) {
		this.session = new SessionSettings(Duration.ofSeconds(30), List.of(steps), List.of());
	}

	void autoReply(String when, String send) {
		this.session = new SessionSettings(Duration.ofSeconds(30), List.of(), List.of(new AutoReply(when, send)));
	}

	ClientSettings build() {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.proxy, this.compression,
				this.heartbeat, this.reconnect, this.session, this.delivery, this.queue, this.inbound);
	}

}
