package io.github.resilientws.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.FramingSettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.ListenerSettings;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.StoreSettings;

/**
 * Properties of the resilient WebSocket clients. Absent values are {@code null} here:
 * {@link ClientConfigurationResolver} replaces them by the defaults.
 *
 * @param enabled Whether the clients are configured at all.
 * @param listener Threads that listeners run on.
 * @param cluster Instances of the application that share clients.
 * @param jdbc Tables in the database of the application.
 * @param defaults Settings that clients share; each client overrides them leaf by leaf.
 * @param clients Clients by name.
 * @since 0.1
 */
@ConfigurationProperties(prefix = "resilient-ws", ignoreUnknownFields = false)
public record ResilientWebSocketProperties(@DefaultValue("true") boolean enabled, @DefaultValue Listener listener,
		@DefaultValue Cluster cluster, @NestedConfigurationProperty @DefaultValue JdbcProperties jdbc,
		@DefaultValue Client defaults, Map<String, Client> clients) {

	/**
	 * Create properties.
	 * @param enabled whether the clients are configured at all
	 * @param listener threads that listeners run on
	 * @param cluster instances of the application that share clients
	 * @param jdbc tables in the database of the application
	 * @param defaults settings that clients share
	 * @param clients clients by name
	 */
	public ResilientWebSocketProperties {
		clients = (clients != null) ? clients : Map.of();
	}

	/**
	 * Threads that listeners run on.
	 *
	 * @param maxThreads Largest number of platform threads that run listeners, observers
	 * and handshake customizers of all clients; ignored with virtual threads.
	 */
	public record Listener(@DefaultValue("" + ListenerSettings.DEFAULT_MAX_THREADS) int maxThreads) {

	}

	/**
	 * Instances of the application that share clients.
	 *
	 * @param group Group of instances that share the lines of their clients with
	 * cluster.mode one; spring.application.name if absent.
	 * @param lease Time without a sign of life after which the owner of a line is dead;
	 * at least 1s.
	 */
	public record Cluster(@Nullable String group, @DefaultValue("10s") Duration lease) {

	}

	/**
	 * Settings of one client.
	 *
	 * @param url URL of the server, ws:// or wss://; may be absent when a handshake
	 * customizer supplies it.
	 * @param urls URLs of the server that are tried in turn.
	 * @param headers Headers of the handshake by name; never shown.
	 * @param subprotocols Subprotocols to ask for, in order of preference; one of them
	 * must be echoed.
	 * @param origin Origin header of the handshake.
	 * @param values Secret or constant values for templates by name; never shown.
	 * @param autoStartup Whether to connect when the application context is refreshed.
	 * @param connectTimeout Limit of a whole attempt: customizers, name resolution, TCP,
	 * TLS and handshake.
	 * @param closeTimeout Limit of the wait for the close frame of the peer; then the
	 * connection is aborted.
	 * @param shutdownTimeout Limit of sending the messages in the outbox when the client
	 * is closed.
	 * @param maxMessageSize Largest message to receive; a larger one closes the
	 * connection with code 1009.
	 * @param maxFrameSize Largest frame to send; a larger message is sent in fragments of
	 * this size. Some gateways take at most 32KB.
	 * @param protocol Ready-made settings for a protocol: its name, or classpath: or
	 * file: and a YAML file with the keys of a client.
	 * @param publishMessages When to publish received messages as application events.
	 * @param transport WebSocket implementation to connect with; auto is Netty if it is
	 * on the class path, otherwise Spring's client.
	 * @param ssl TLS of wss.
	 * @param proxy Proxy to connect through.
	 * @param compression Whether to offer compression of messages (permessage-deflate).
	 * @param reconnect How to reconnect.
	 * @param heartbeat How to notice a dead peer.
	 * @param session Steps between the handshake and readiness.
	 * @param delivery Delivery guarantee and acknowledgements.
	 * @param request Requests: messages that the server answers.
	 * @param subscription Subscriptions, which survive connections.
	 * @param queue Outbox.
	 * @param inbound Messages that wait for listeners.
	 * @param framing How frames carry messages.
	 * @param cluster Which of several instances of the application connects.
	 * @param health Health indicator.
	 */
	public record Client(@Nullable String url, @Nullable List<String> urls, @Nullable Map<String, String> headers,
			@Nullable List<String> subprotocols, @Nullable String origin, @Nullable Map<String, String> values,
			@Nullable Boolean autoStartup, @Nullable Duration connectTimeout, @Nullable Duration closeTimeout,
			@Nullable Duration shutdownTimeout, @Nullable DataSize maxMessageSize, @Nullable DataSize maxFrameSize,
			@Nullable String protocol, @Nullable PublishMessages publishMessages, @Nullable Transport transport,
			@Nullable Ssl ssl, @Nullable Proxy proxy, @Nullable Boolean compression, @Nullable Reconnect reconnect,
			@Nullable Heartbeat heartbeat, @NestedConfigurationProperty @Nullable SessionProperties session,
			@Nullable Delivery delivery, @NestedConfigurationProperty @Nullable RequestProperties request,
			@NestedConfigurationProperty @Nullable SubscriptionProperties subscription, @Nullable Queue queue,
			@Nullable Inbound inbound, @Nullable Framing framing,
			@NestedConfigurationProperty @Nullable ClusterProperties cluster, @Nullable Health health) {

		// may hold secrets
		@Override
		public String toString() {
			return "Client";
		}

	}

	/**
	 * TLS of wss.
	 *
	 * @param bundle Name of the SSL bundle with trust material and, if the server
	 * requires one, the client certificate.
	 */
	public record Ssl(@Nullable String bundle) {

	}

	/**
	 * Proxy to connect through.
	 *
	 * @param type Protocol of the proxy; http if only its host is given.
	 * @param host Host name or IP address of the proxy.
	 * @param port Port of the proxy.
	 * @param username User name for the proxy.
	 * @param password Password for the proxy; never shown.
	 */
	public record Proxy(ProxySettings.@Nullable Type type, @Nullable String host, @Nullable Integer port,
			@Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "Proxy[" + this.type + " " + this.host + ":" + this.port + "]";
		}

	}

	/**
	 * How to reconnect.
	 *
	 * @param enabled Whether to reconnect; otherwise one attempt is made, and any failure
	 * or loss is final.
	 * @param initialDelay First wait of a series of attempts.
	 * @param multiplier Growth from wait to wait, at least 1.
	 * @param maxDelay Longest wait, before jitter.
	 * @param jitter Randomization of waits.
	 * @param maxAttempts Attempts of a series after which to give up; 0 for unlimited.
	 * @param maxElapsed Time after the first loss of a series after which to give up; 0
	 * for unlimited.
	 * @param resetAfter Time of being ready after which a new series of attempts begins.
	 * @param onClose Actions by close code or range of close codes, such as 1008 or
	 * 4000-4099.
	 * @param onStatus Actions by HTTP status, range or class of the answer to the
	 * handshake, such as 404 or 5xx.
	 * @param maxRetryAfter Longest Retry-After of the server that is honoured.
	 * @param onMessage Messages of the server after which to close the connection, and
	 * the action that follows; listeners do not see them.
	 * @param closeCode Close code with which a connection is closed that is about to be
	 * replaced, by on-message or reconnect(); 1000 or 3000 to 4999.
	 */
	public record Reconnect(@Nullable Boolean enabled, @Nullable Duration initialDelay, @Nullable Double multiplier,
			@Nullable Duration maxDelay, ReconnectSettings.@Nullable Jitter jitter, @Nullable Integer maxAttempts,
			@Nullable Duration maxElapsed, @Nullable Duration resetAfter,
			@Nullable Map<String, ReconnectAction> onClose, @Nullable Map<String, ReconnectAction> onStatus,
			@Nullable Duration maxRetryAfter, @Nullable List<OnMessage> onMessage, @Nullable Integer closeCode) {

	}

	/**
	 * A message of the server after which the connection is closed.
	 *
	 * @param when Matcher of the message.
	 * @param action Action of the client.
	 */
	public record OnMessage(@Nullable String when, @Nullable ReconnectAction action) {

	}

	/**
	 * How to notice a dead peer.
	 *
	 * @param mode Kind of heartbeat.
	 * @param interval Time between heartbeats; 0 switches heartbeats off.
	 * @param timeout Time in which a heartbeat that was written must be answered; shorter
	 * than the interval, except in mode passive.
	 * @param maxMissed Heartbeats missed in a row after which the peer is dead.
	 * @param send Template of the text to send in mode text.
	 * @param await Matcher of the answer in mode text; such messages are hidden from
	 * listeners.
	 * @param dataIdleTimeout Time without data after which to reconnect even if
	 * heartbeats are answered; 0 for never.
	 * @param intervalFrom Locator of the interval that the server sends, asked of every
	 * message; it replaces the interval until the connection ends.
	 * @param timeoutFrom Locator of the time-out that the server sends.
	 * @param unit Unit of the times that the server sends.
	 */
	public record Heartbeat(HeartbeatSettings.@Nullable Mode mode, @Nullable Duration interval,
			@Nullable Duration timeout, @Nullable Integer maxMissed, @Nullable String send, @Nullable String await,
			@Nullable Duration dataIdleTimeout, @Nullable String intervalFrom, @Nullable String timeoutFrom,
			HeartbeatSettings.@Nullable Unit unit) {

		// may hold secrets
		@Override
		public String toString() {
			return "Heartbeat";
		}

	}

	/**
	 * Delivery guarantee and acknowledgements.
	 *
	 * @param guarantee Delivery guarantee; at-least-once needs a server that acknowledges
	 * messages.
	 * @param ack Format of acknowledgements.
	 * @param nack Format of negative acknowledgements.
	 * @param ackTimeout Time from the completed write of a message to its resend.
	 * @param maxAttempts Transmissions of a message that may end without an
	 * acknowledgement in time; then it is a dead letter.
	 * @param window Largest number of messages that are sent and not yet acknowledged; 1
	 * for strict order.
	 * @param id Locator of an id in the payload, which is then sent unchanged, without an
	 * envelope.
	 * @param envelope Template of the text message that wraps id and payload.
	 * @param idType Kind of generated ids.
	 */
	public record Delivery(DeliverySettings.@Nullable Guarantee guarantee, @Nullable Ack ack, @Nullable Nack nack,
			@Nullable Duration ackTimeout, @Nullable Integer maxAttempts, @Nullable Integer window, @Nullable String id,
			@Nullable String envelope, DeliverySettings.@Nullable IdType idType) {

		// may hold secrets
		@Override
		public String toString() {
			return "Delivery";
		}

	}

	/**
	 * Format of acknowledgements.
	 *
	 * @param when Matcher of an acknowledgement; if only its id is set, every message
	 * that has the id is one.
	 * @param id Locator of the id of the acknowledged message.
	 */
	public record Ack(@Nullable String when, @Nullable String id) {

	}

	/**
	 * Format of negative acknowledgements.
	 *
	 * @param when Matcher of a negative acknowledgement; if only its id is set, every
	 * message that has the id is one.
	 * @param id Locator of the id of the refused message; that of acknowledgements if
	 * absent.
	 * @param reason Locator of the reason.
	 */
	public record Nack(@Nullable String when, @Nullable String id, @Nullable String reason) {

	}

	/**
	 * Outbox.
	 *
	 * @param capacity Largest number of unfinished messages.
	 * @param maxBytes Largest sum of the payloads of unfinished messages; 0 for
	 * unlimited.
	 * @param overflow Handling of a message that does not fit.
	 * @param blockTimeout Longest wait of a sender with overflow block.
	 * @param ttl Time that a message may wait; 0 for unlimited.
	 * @param store Where unfinished messages are kept: memory, file or jdbc; file and
	 * jdbc need delivery at least once.
	 * @param directory Directory of the files of store file, one per client; relative to
	 * the working directory.
	 * @param sync When the file is forced to the disk; accepted messages survive a killed
	 * JVM in any case.
	 * @param syncInterval Time between two forces with sync interval.
	 * @param pollInterval Longest time between two looks for messages that other
	 * instances have accepted, with store jdbc.
	 * @param storeTimeout Longest wait of a sender for the commit, with store jdbc.
	 */
	public record Queue(@Nullable Integer capacity, @Nullable DataSize maxBytes,
			QueueSettings.@Nullable Overflow overflow, @Nullable Duration blockTimeout, @Nullable Duration ttl,
			@Nullable String store, @Nullable String directory, StoreSettings.@Nullable Sync sync,
			@Nullable Duration syncInterval, @Nullable Duration pollInterval, @Nullable Duration storeTimeout) {

	}

	/**
	 * How received messages reach the listeners.
	 *
	 * @param dispatch Thread that calls the listeners: lane, or direct for the event
	 * loop, where they must not block.
	 * @param bufferMessages Messages that may wait for listeners before reading stops.
	 * @param bufferBytes Size of messages that may wait for listeners before reading
	 * stops.
	 * @param request Questions of the server, which listeners answer.
	 */
	public record Inbound(InboundSettings.@Nullable Dispatch dispatch, @Nullable Integer bufferMessages,
			@Nullable DataSize bufferBytes, @NestedConfigurationProperty @Nullable InboundRequestProperties request) {

	}

	/**
	 * How frames carry messages.
	 *
	 * @param binary Content of received binary messages; all but bytes become text.
	 * @param delimiter Text that ends each message inside a text frame; received texts
	 * are split at it, and it is appended to each text that is sent.
	 * @param codec Codec of the protocol: stomp, socket.io, or the name of a
	 * WebSocketFrameCodecFactory bean.
	 */
	public record Framing(FramingSettings.@Nullable Binary binary, @Nullable String delimiter, @Nullable String codec) {

	}

	/**
	 * Health indicator.
	 *
	 * @param gracePeriod Length of an outage up to which the client counts as up.
	 * @param critical Whether an outage makes the application unhealthy.
	 */
	public record Health(@Nullable Duration gracePeriod, @Nullable Boolean critical) {

	}

	/**
	 * WebSocket implementation to connect with.
	 */
	public enum Transport {

		/** Netty if it is on the class path, otherwise Spring's client. */
		AUTO,

		/** Netty. */
		NETTY,

		/** Spring's WebSocketClient. */
		SPRING

	}

	/**
	 * When to publish received messages as application events.
	 */
	public enum PublishMessages {

		/** If the application declares a listener for them. */
		AUTO,

		/** Always. */
		ALWAYS,

		/** Never. */
		NEVER

	}

}
