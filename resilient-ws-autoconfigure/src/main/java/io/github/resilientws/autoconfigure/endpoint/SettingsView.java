package io.github.resilientws.autoconfigure.endpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.resilientws.autoconfigure.ClientConfiguration;
import io.github.resilientws.autoconfigure.ClientConfiguration.Store;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * Settings under the names of their properties, without secrets: values of headers and
 * templates are masked, of URLs only scheme, host and port are left.
 */
final class SettingsView {

	private static final String MASK = "******";

	private SettingsView() {
	}

	static Map<String, Object> of(ClientConfiguration configuration, HeartbeatSettings heartbeat) {
		ClientSettings settings = configuration.settings();
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("urls", settings.urls().stream().map((url) -> WebSocketUrl.of(url).location()).toList());
		view.put("headers", masked(settings.headers()));
		view.put("subprotocols", settings.subprotocols().stream().map(SettingsView::masked).toList());
		view.put("origin", settings.origin());
		view.put("values", masked(settings.values()));
		view.put("auto-startup", configuration.autoStartup());
		view.put("connect-timeout", settings.connectTimeout().toString());
		view.put("close-timeout", settings.closeTimeout().toString());
		view.put("shutdown-timeout", settings.shutdownTimeout().toString());
		view.put("max-message-size", settings.inbound().maxMessageSize());
		view.put("publish-messages", text(configuration.publishMessages()));
		view.put("transport", text(configuration.transport()));
		view.put("ssl", Map.of("bundle", configuration.sslBundle()));
		view.put("proxy", proxy(settings.proxy()));
		view.put("compression", settings.compression());
		view.put("reconnect", reconnect(settings.reconnect()));
		view.put("heartbeat", heartbeat(heartbeat));
		view.put("session", session(settings.session()));
		view.put("delivery", delivery(settings.delivery()));
		view.put("queue", queue(settings.queue(), store(configuration)));
		view.put("inbound", inbound(settings.inbound()));
		view.put("health",
				Map.of("grace-period", configuration.gracePeriod().toString(), "critical", configuration.critical()));
		return view;
	}

	private static Map<String, String> masked(Map<String, String> values) {
		return values.keySet()
			.stream()
			.sorted()
			.collect(Collectors.toMap((name) -> name, (name) -> MASK, (first, second) -> first, LinkedHashMap::new));
	}

	private static String masked(String text) {
		return text.isEmpty() ? "" : MASK;
	}

	private static String text(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static Map<String, Object> proxy(ProxySettings settings) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("type", text(settings.type()));
		view.put("host", (settings.type() != ProxySettings.Type.NONE) ? settings.host() : "");
		view.put("port", settings.port());
		view.put("username", masked(settings.username()));
		view.put("password", masked(settings.password()));
		return view;
	}

	private static Map<String, Object> reconnect(ReconnectSettings settings) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("enabled", settings.enabled());
		view.put("initial-delay", settings.initialDelay().toString());
		view.put("multiplier", settings.multiplier());
		view.put("max-delay", settings.maxDelay().toString());
		view.put("jitter", text(settings.jitter()));
		view.put("max-attempts", settings.maxAttempts());
		view.put("max-elapsed", settings.maxElapsed().toString());
		view.put("reset-after", settings.resetAfter().toString());
		view.put("on-close", actions(settings.onClose()));
		view.put("on-status", actions(settings.onStatus()));
		view.put("max-retry-after", settings.maxRetryAfter().toString());
		return view;
	}

	private static Map<String, String> actions(Map<String, ReconnectAction> actions) {
		return actions.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> text(entry.getValue()), (first, second) -> first,
					LinkedHashMap::new));
	}

	private static Map<String, Object> heartbeat(HeartbeatSettings settings) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("mode", text(settings.mode()));
		view.put("interval", settings.interval().toString());
		view.put("timeout", settings.timeout().toString());
		view.put("max-missed", settings.maxMissed());
		view.put("send", masked(settings.send()));
		view.put("await", settings.await());
		view.put("data-idle-timeout", settings.dataIdleTimeout().toString());
		return view;
	}

	private static Map<String, Object> session(SessionSettings settings) {
		List<Map<String, Object>> steps = settings.steps().stream().map(SettingsView::step).toList();
		List<Map<String, String>> replies = settings.autoReplies()
			.stream()
			.map((reply) -> Map.of("when", reply.when(), "send", masked(reply.send())))
			.toList();
		return Map.of("timeout", settings.timeout().toString(), "steps", steps, "auto-replies", replies);
	}

	private static Map<String, Object> step(SessionSettings.Step step) {
		return Map.of("send", masked(step.send()), "await", step.await(), "fail-on",
				step.failOn()
					.stream()
					.map((answer) -> Map.of("when", answer.when(), "action", text(answer.action())))
					.toList());
	}

	private static Map<String, Object> delivery(DeliverySettings settings) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("guarantee", text(settings.guarantee()));
		view.put("ack", Map.of("when", settings.ackWhen(), "id", settings.ackId()));
		view.put("nack", Map.of("when", settings.nackWhen(), "id", settings.nackId(), "reason", settings.nackReason()));
		view.put("ack-timeout", settings.ackTimeout().toString());
		view.put("max-attempts", settings.maxAttempts());
		view.put("window", settings.window());
		view.put("id", settings.id());
		view.put("envelope", masked(settings.envelope()));
		view.put("id-type", text(settings.idType()));
		return view;
	}

	private static String store(ClientConfiguration configuration) {
		ClientSettings settings = configuration.settings();
		boolean bean = configuration.store() == Store.BEAN && settings.delivery().isAtLeastOnce();
		return bean ? "bean" : text(settings.queue().store().kind());
	}

	private static Map<String, Object> queue(QueueSettings settings, String store) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("capacity", settings.capacity());
		view.put("max-bytes", settings.maxBytes());
		view.put("overflow", text(settings.overflow()));
		view.put("block-timeout", settings.blockTimeout().toString());
		view.put("ttl", settings.ttl().toString());
		view.put("store", store);
		Path directory = settings.store().directory();
		view.put("directory", (directory != null) ? directory.toString() : "");
		view.put("sync", text(settings.store().sync()));
		view.put("sync-interval", settings.store().syncInterval().toString());
		return view;
	}

	private static Map<String, Object> inbound(InboundSettings settings) {
		return Map.of("buffer-messages", settings.bufferMessages(), "buffer-bytes", settings.bufferBytes());
	}

}
