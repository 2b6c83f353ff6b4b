package io.github.resilientws.autoconfigure.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.AutoReply;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.FailOn;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Health;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Heartbeat;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Inbound;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Proxy;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.PublishMessages;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Queue;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Reconnect;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Session;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Ssl;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Step;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Transport;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.SessionSettings;

/**
 * Lays the settings of a client over the defaults and those over what is built in.
 */
public final class ClientConfigurationResolver {

	private final String name;

	private final PropertyFallback<Client> client;

	private final @Nullable URI url;

	/**
	 * Create a resolver.
	 * @param name name of the client
	 * @param client properties of the client
	 * @param defaults properties that all clients share
	 * @param url URL that replaces those of the properties
	 */
	public ClientConfigurationResolver(String name, @Nullable Client client, Client defaults, @Nullable URI url) {
		this.name = name;
		this.url = url;
		this.client = new PropertyFallback<>(client, defaults);
	}

	/**
	 * Resolve the configuration.
	 * @return the configuration, without absent values
	 * @throws InvalidSettingException for the first setting that cannot be read
	 */
	public ClientConfiguration resolve() {
		ClientSettings settings = new ClientSettings(this.name, urls(), headers(),
				this.client.get(Client::subprotocols, List.of()), this.client.get(Client::origin, ""),
				this.client.map(Client::values), this.client.get(Client::connectTimeout, Duration.ofSeconds(10)),
				this.client.get(Client::closeTimeout, Duration.ofSeconds(5)),
				this.client.get(Client::shutdownTimeout, Duration.ofSeconds(10)), proxy(),
				this.client.get(Client::compression, false), heartbeat(), reconnect(), session(),
				DeliveryProperties.resolve(this.client.at(Client::delivery)), queue(), inbound());
		PropertyFallback<Health> health = this.client.at(Client::health);
		return new ClientConfiguration(settings, this.client.get(Client::transport, Transport.AUTO),
				this.client.at(Client::ssl).get(Ssl::bundle, ""), this.client.get(Client::autoStartup, true),
				this.client.get(Client::publishMessages, PublishMessages.AUTO),
				gracePeriod(health.get(Health::gracePeriod, Duration.ofSeconds(60))),
				health.get(Health::critical, true), StoreProperties.choose(this.client.at(Client::queue)));
	}

	private List<URI> urls() {
		return (this.url != null) ? List.of(this.url) : ClientUrls.of(this.client.own(), this.client.shared());
	}

	private Map<String, String> headers() {
		Map<String, String> headers = this.client.map(Client::headers);
		Map<String, String> own = this.client.own(Client::headers);
		if (own != null) {
			headers.keySet()
				.removeIf((name) -> !own.containsKey(name) && own.keySet().stream().anyMatch(name::equalsIgnoreCase));
		}
		return headers;
	}

	private ProxySettings proxy() {
		PropertyFallback<Proxy> proxy = this.client.at(Client::proxy);
		String host = proxy.get(Proxy::host, "");
		return new ProxySettings(
				proxy.get(Proxy::type, host.isEmpty() ? ProxySettings.Type.NONE : ProxySettings.Type.HTTP), host,
				proxy.get(Proxy::port, 0), proxy.get(Proxy::username, ""), proxy.get(Proxy::password, ""));
	}

	private ReconnectSettings reconnect() {
		PropertyFallback<Reconnect> reconnect = this.client.at(Client::reconnect);
		ReconnectSettings builtIn = ReconnectSettings.DEFAULTS;
		return new ReconnectSettings(reconnect.get(Reconnect::enabled, builtIn.enabled()),
				reconnect.get(Reconnect::initialDelay, builtIn.initialDelay()),
				reconnect.get(Reconnect::multiplier, builtIn.multiplier()),
				reconnect.get(Reconnect::maxDelay, builtIn.maxDelay()),
				reconnect.get(Reconnect::jitter, builtIn.jitter()),
				reconnect.get(Reconnect::maxAttempts, builtIn.maxAttempts()),
				reconnect.get(Reconnect::maxElapsed, builtIn.maxElapsed()),
				reconnect.get(Reconnect::resetAfter, builtIn.resetAfter()), reconnect.map(Reconnect::onClose),
				reconnect.map(Reconnect::onStatus), reconnect.get(Reconnect::maxRetryAfter, builtIn.maxRetryAfter()));
	}

	private HeartbeatSettings heartbeat() {
		PropertyFallback<Heartbeat> heartbeat = this.client.at(Client::heartbeat);
		HeartbeatSettings builtIn = HeartbeatSettings.DEFAULTS;
		HeartbeatSettings.Mode mode = heartbeat.get(Heartbeat::mode, builtIn.mode());
		// a client that is not in mode text must not inherit what only that mode uses
		PropertyFallback<Heartbeat> text = (mode != HeartbeatSettings.Mode.TEXT)
				? new PropertyFallback<>(heartbeat.own(), null) : heartbeat;
		return new HeartbeatSettings(mode, heartbeat.get(Heartbeat::interval, builtIn.interval()),
				heartbeat.get(Heartbeat::timeout, builtIn.timeout()),
				heartbeat.get(Heartbeat::maxMissed, builtIn.maxMissed()), text.get(Heartbeat::send, builtIn.send()),
				text.get(Heartbeat::await, builtIn.await()),
				heartbeat.get(Heartbeat::dataIdleTimeout, builtIn.dataIdleTimeout()));
	}

	private SessionSettings session() {
		PropertyFallback<Session> session = this.client.at(Client::session);
		List<Step> steps = session.get(Session::steps, List.of());
		List<AutoReply> replies = session.get(Session::autoReplies, List.of());
		return new SessionSettings(session.get(Session::timeout, SessionSettings.DEFAULTS.timeout()),
				steps.stream().map(ClientConfigurationResolver::step).toList(),
				replies.stream()
					.map((reply) -> new SessionSettings.AutoReply(text(reply.when()), text(reply.send())))
					.toList());
	}

	private static SessionSettings.Step step(Step step) {
		List<FailOn> failOn = (step.failOn() != null) ? step.failOn() : List.of();
		return new SessionSettings.Step(text(step.send()), text(step.await()),
				failOn.stream()
					.map((answer) -> new SessionSettings.FailOn(text(answer.when()),
							(answer.action() != null) ? answer.action() : ReconnectAction.REFRESH))
					.toList());
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private QueueSettings queue() {
		PropertyFallback<Queue> queue = this.client.at(Client::queue);
		QueueSettings builtIn = QueueSettings.DEFAULTS;
		return new QueueSettings(queue.get(Queue::capacity, builtIn.capacity()),
				queue.get(Queue::maxBytes, DataSize.ofBytes(builtIn.maxBytes())).toBytes(),
				queue.get(Queue::overflow, builtIn.overflow()), queue.get(Queue::blockTimeout, builtIn.blockTimeout()),
				queue.get(Queue::ttl, builtIn.ttl()), StoreProperties.resolve(queue));
	}

	private InboundSettings inbound() {
		PropertyFallback<Inbound> inbound = this.client.at(Client::inbound);
		InboundSettings builtIn = InboundSettings.DEFAULTS;
		DataSize maxMessageSize = this.client.get(Client::maxMessageSize, DataSize.ofBytes(builtIn.maxMessageSize()));
		return new InboundSettings(messageSize(maxMessageSize),
				inbound.get(Inbound::bufferMessages, builtIn.bufferMessages()),
				inbound.get(Inbound::bufferBytes, DataSize.ofBytes(builtIn.bufferBytes())).toBytes());
	}

	private static int messageSize(DataSize size) {
		// an array is no longer than this
		if (size.toBytes() > Integer.MAX_VALUE - 8 || size.toBytes() < 1) {
			throw new InvalidSettingException("max-message-size", size.toString(), "allowed is 1B to 2047MB");
		}
		return (int) size.toBytes();
	}

	private static Duration gracePeriod(Duration period) {
		if (!period.isZero() && period.compareTo(Duration.ofMillis(100)) < 0) {
			throw new InvalidSettingException("health.grace-period", period.toMillis() + "ms",
					(period.isNegative() ? "must not be negative"
							: "is the unit missing? A number alone is milliseconds")
							+ "; allowed is 0 or at least 100ms");
		}
		return period;
	}

}
