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

	private ClientSettings settings = ClientSettings.defaults("chat")
		.withUrls(List.of(URI.create("ws://localhost/ws")));

	void name(String name) {
		this.settings = ClientSettings.defaults(name).withUrls(this.settings.urls());
	}

	void url(String... urls) {
		this.settings = this.settings.withUrls(List.of(urls).stream().map(URI::create).toList());
	}

	void header(String name, String value) {
		headers(Map.of(name, value));
	}

	void headers(Map<String, String> headers) {
		this.settings = this.settings.withHeaders(headers);
	}

	void subprotocols(List<String> subprotocols) {
		this.settings = this.settings.withSubprotocols(subprotocols);
	}

	void origin(String origin) {
		this.settings = this.settings.withOrigin(origin);
	}

	void value(String name) {
		this.settings = this.settings.withValues(Map.of(name, "s3cret"));
	}

	void connectTimeout(Duration timeout) {
		this.settings = this.settings.withConnectTimeout(timeout);
	}

	void closeTimeout(Duration timeout) {
		this.settings = this.settings.withCloseTimeout(timeout);
	}

	void shutdownTimeout(Duration timeout) {
		this.settings = this.settings.withShutdownTimeout(timeout);
	}

	void maxMessageSize(int bytes) {
		this.settings = this.settings.withMaxMessageSize(bytes);
	}

	void maxFrameSize(int bytes) {
		this.settings = this.settings.withMaxFrameSize(bytes);
	}

	void proxy(ProxySettings proxy) {
		this.settings = this.settings.withProxy(proxy);
	}

	void heartbeat(UnaryOperator<HeartbeatSettings> update) {
		this.settings = this.settings.withHeartbeat(update.apply(this.settings.heartbeat()));
	}

	void reconnect(UnaryOperator<ReconnectSettings> update) {
		reconnect(update.apply(this.settings.reconnect()));
	}

	void reconnect(ReconnectSettings reconnect) {
		this.settings = this.settings.withReconnect(reconnect);
	}

	void delivery(UnaryOperator<DeliverySettings> update) {
		this.settings = this.settings.withDelivery(update.apply(this.settings.delivery()));
	}

	void queue(UnaryOperator<QueueSettings> update) {
		this.settings = this.settings.withQueue(update.apply(this.settings.queue()));
	}

	void inbound(InboundSettings inbound) {
		this.settings = this.settings.withInbound(inbound);
	}

	void session(SessionSettings session) {
		this.settings = this.settings.withSession(session);
	}

	void steps(Step... steps) {
		session(SessionSettings.DEFAULTS.withSteps(List.of(steps)));
	}

	void autoReply(String when, String send) {
		session(SessionSettings.DEFAULTS.withAutoReplies(List.of(new AutoReply(when, send))));
	}

	void resumeUrl(String url) {
		session(SessionSettings.DEFAULTS.withResumeUrl(url));
	}

	ClientSettings build() {
		return this.settings;
	}

}
