package io.github.resilientws.autoconfigure.config;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Framing;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Heartbeat;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Inbound;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.OnMessage;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Proxy;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Reconnect;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.FramingRules;
import io.github.resilientws.settings.FramingSettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.SizeRules;

/**
 * The keys of a client that the core follows, in the order in which the endpoint shows
 * them.
 */
final class ClientKeys {

	static final SettingKeys<Client, ClientSettings> ALL = create();

	private ClientKeys() {
	}

	private static SettingKeys<Client, ClientSettings> create() {
		return new SettingKeys<Client, ClientSettings>().resolved("urls", ClientSettings::urls, SettingsView::locations)
			.resolved("headers", ClientSettings::headers, SettingsView::mask)
			.secret("subprotocols", Client::subprotocols, ClientSettings::subprotocols,
					ClientSettings::withSubprotocols)
			.key("origin", Client::origin, ClientSettings::origin, ClientSettings::withOrigin)
			.resolved("values", ClientSettings::values, SettingsView::mask)
			.key("connect-timeout", Client::connectTimeout, ClientSettings::connectTimeout,
					ClientSettings::withConnectTimeout)
			.key("close-timeout", Client::closeTimeout, ClientSettings::closeTimeout, ClientSettings::withCloseTimeout)
			.key("shutdown-timeout", Client::shutdownTimeout, ClientSettings::shutdownTimeout,
					ClientSettings::withShutdownTimeout)
			.size("max-message-size", Client::maxMessageSize, ClientSettings::maxMessageSize,
					(settings, bytes) -> settings.withMaxMessageSize(SizeRules.checkMaxMessageSize(bytes)))
			.size("max-frame-size", Client::maxFrameSize, ClientSettings::maxFrameSize,
					(settings, bytes) -> settings.withMaxFrameSize(SizeRules.checkMaxFrameSize(bytes)))
			.key("compression", Client::compression, ClientSettings::compression, ClientSettings::withCompression)
			.group("proxy", Client::proxy, ClientSettings::proxy, ClientSettings::withProxy, proxy())
			.group("reconnect", Client::reconnect, ClientSettings::reconnect, ClientSettings::withReconnect,
					reconnect())
			.group("heartbeat", Client::heartbeat, ClientSettings::heartbeat, ClientSettings::withHeartbeat,
					heartbeat())
			.group("session", Client::session, ClientSettings::session, ClientSettings::withSession,
					SessionKeys.create())
			.group("delivery", Client::delivery, ClientSettings::delivery, ClientSettings::withDelivery,
					DeliveryKeys.create())
			.group("request", Client::request, ClientSettings::request, ClientSettings::withRequest,
					RequestKeys.create())
			.group("subscription", Client::subscription, ClientSettings::subscription, ClientSettings::withSubscription,
					SubscriptionKeys.create())
			.group("queue", Client::queue, ClientSettings::queue, ClientSettings::withQueue, QueueKeys.create())
			.group("inbound", Client::inbound, ClientSettings::inbound, ClientSettings::withInbound, inbound())
			.group("framing", Client::framing, ClientSettings::framing, ClientSettings::withFraming, framing())
			.group("cluster", Client::cluster, ClientSettings::cluster, ClientSettings::withCluster,
					ClusterKeys.create());
	}

	private static SettingKeys<Proxy, ProxySettings> proxy() {
		return new SettingKeys<Proxy, ProxySettings>()
			.key("type", ProxySettings::type, (proxy, settings) -> settings.withType(proxyType(proxy)))
			.key("host", Proxy::host, ClientKeys::usedHost, ProxySettings::withHost)
			.key("port", Proxy::port, ProxySettings::port, ProxySettings::withPort)
			.secret("username", Proxy::username, ProxySettings::username, ProxySettings::withUsername)
			.secret("password", Proxy::password, ProxySettings::password, ProxySettings::withPassword);
	}

	private static ProxySettings.Type proxyType(PropertyFallback<Proxy> proxy) {
		boolean given = !proxy.get(Proxy::host, "").isEmpty();
		return proxy.get(Proxy::type, given ? ProxySettings.Type.HTTP : ProxySettings.NONE.type());
	}

	// an unused host is not checked, and may contain credentials
	private static String usedHost(ProxySettings settings) {
		return (settings.type() != ProxySettings.Type.NONE) ? settings.host() : "";
	}

	private static SettingKeys<Reconnect, ReconnectSettings> reconnect() {
		return new SettingKeys<Reconnect, ReconnectSettings>()
			.key("enabled", Reconnect::enabled, ReconnectSettings::enabled, ReconnectSettings::withEnabled)
			.key("initial-delay", Reconnect::initialDelay, ReconnectSettings::initialDelay,
					ReconnectSettings::withInitialDelay)
			.key("multiplier", Reconnect::multiplier, ReconnectSettings::multiplier, ReconnectSettings::withMultiplier)
			.key("max-delay", Reconnect::maxDelay, ReconnectSettings::maxDelay, ReconnectSettings::withMaxDelay)
			.key("jitter", Reconnect::jitter, ReconnectSettings::jitter, ReconnectSettings::withJitter)
			.key("max-attempts", Reconnect::maxAttempts, ReconnectSettings::maxAttempts,
					ReconnectSettings::withMaxAttempts)
			.key("max-elapsed", Reconnect::maxElapsed, ReconnectSettings::maxElapsed, ReconnectSettings::withMaxElapsed)
			.key("reset-after", Reconnect::resetAfter, ReconnectSettings::resetAfter, ReconnectSettings::withResetAfter)
			.map("on-close", Reconnect::onClose, ReconnectSettings::onClose, ReconnectSettings::withOnClose)
			.map("on-status", Reconnect::onStatus, ReconnectSettings::onStatus, ReconnectSettings::withOnStatus)
			.key("max-retry-after", Reconnect::maxRetryAfter, ReconnectSettings::maxRetryAfter,
					ReconnectSettings::withMaxRetryAfter)
			.key("on-message", ReconnectSettings::onMessage, SettingsView::onMessage,
					(reconnect, settings) -> settings
						.withOnMessage(onMessage(reconnect.get(Reconnect::onMessage, List.<OnMessage>of()))))
			.key("close-code", Reconnect::closeCode, ReconnectSettings::closeCode, ReconnectSettings::withCloseCode);
	}

	private static List<ReconnectSettings.OnMessage> onMessage(List<OnMessage> messages) {
		List<ReconnectSettings.OnMessage> result = new ArrayList<>();
		for (OnMessage message : messages) {
			if (message.action() == null) {
				throw new InvalidSettingException("reconnect.on-message[" + result.size() + "].action", "",
						"is missing; allowed are retry, retry-slow, refresh, reset, stop");
			}
			result.add(new ReconnectSettings.OnMessage(text(message.when()), message.action()));
		}
		return result;
	}

	private static SettingKeys<Heartbeat, HeartbeatSettings> heartbeat() {
		return new SettingKeys<Heartbeat, HeartbeatSettings>()
			.key("mode", Heartbeat::mode, HeartbeatSettings::mode, HeartbeatSettings::withMode)
			.key("interval", Heartbeat::interval, HeartbeatSettings::interval, HeartbeatSettings::withInterval)
			.key("timeout", Heartbeat::timeout, HeartbeatSettings::timeout, HeartbeatSettings::withTimeout)
			.key("max-missed", Heartbeat::maxMissed, HeartbeatSettings::maxMissed, HeartbeatSettings::withMaxMissed)
			.secret("send", HeartbeatSettings::send,
					(heartbeat, settings) -> settings
						.withSend(text(heartbeat, settings).get(Heartbeat::send, settings.send())))
			.key("await", HeartbeatSettings::await,
					(heartbeat, settings) -> settings
						.withAwait(text(heartbeat, settings).get(Heartbeat::await, settings.await())))
			.key("interval-from", Heartbeat::intervalFrom, HeartbeatSettings::intervalFrom,
					HeartbeatSettings::withIntervalFrom)
			.key("timeout-from", Heartbeat::timeoutFrom, HeartbeatSettings::timeoutFrom,
					HeartbeatSettings::withTimeoutFrom)
			.key("unit", Heartbeat::unit, HeartbeatSettings::unit, HeartbeatSettings::withUnit)
			.key("data-idle-timeout", Heartbeat::dataIdleTimeout, HeartbeatSettings::dataIdleTimeout,
					HeartbeatSettings::withDataIdleTimeout);
	}

	// a client that is not in mode text must not inherit keys that only this mode uses
	private static PropertyFallback<Heartbeat> text(PropertyFallback<Heartbeat> heartbeat, HeartbeatSettings settings) {
		return (settings.mode() != HeartbeatSettings.Mode.TEXT) ? new PropertyFallback<>(heartbeat.own(), null)
				: heartbeat;
	}

	static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static SettingKeys<Inbound, InboundSettings> inbound() {
		return new SettingKeys<Inbound, InboundSettings>()
			.key("dispatch", Inbound::dispatch, InboundSettings::dispatch, InboundSettings::withDispatch)
			.key("buffer-messages", Inbound::bufferMessages, InboundSettings::bufferMessages,
					InboundSettings::withBufferMessages)
			.size("buffer-bytes", Inbound::bufferBytes, InboundSettings::bufferBytes, InboundSettings::withBufferBytes)
			.group("request", Inbound::request, InboundSettings::request, InboundSettings::withRequest,
					InboundRequestKeys.create());
	}

	private static SettingKeys<Framing, FramingSettings> framing() {
		return new SettingKeys<Framing, FramingSettings>()
			.key("binary", Framing::binary, FramingSettings::binary, FramingSettings::withBinary)
			.key("delimiter", Framing::delimiter, FramingSettings::delimiter,
					(settings, delimiter) -> settings.withDelimiter(FramingRules.checkDelimiter(delimiter)))
			.key("codec", Framing::codec, FramingSettings::codec, FramingSettings::withCodec);
	}

}
