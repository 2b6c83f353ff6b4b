package io.github.resilientws.settings;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All settings of one client, in the tree of its properties. They are checked when a
 * client is built.
 *
 * @param name name of the client
 * @param urls list of URLs, tried in turn; empty when a customizer supplies one; by
 * default none
 * @param headers headers of the handshake; by default none
 * @param subprotocols requested subprotocols, in order of preference; by default none
 * @param origin {@code Origin} of the handshake; empty for none; by default none
 * @param values values for templates; by default none
 * @param connectTimeout limit of a whole attempt, from the customizer to the handshake;
 * by default 10 seconds
 * @param closeTimeout limit of the wait for the close frame of the peer; by default 5
 * seconds
 * @param shutdownTimeout longest time for sending the outbox at the end; by default 10
 * seconds
 * @param maxMessageSize bytes of the largest message to receive; a larger one closes the
 * connection with 1009; by default 8 MB
 * @param maxFrameSize bytes of the largest frame to send; a larger message leaves in
 * fragments (RFC 6455, section 5.4); by default 64 KB
 * @param proxy proxy to connect through; by default none
 * @param compression whether to offer {@code permessage-deflate}; by default false
 * @param heartbeat heartbeat; by default {@link HeartbeatSettings#DEFAULTS}
 * @param reconnect reconnecting; by default {@link ReconnectSettings#DEFAULTS}
 * @param session session; by default {@link SessionSettings#DEFAULTS}
 * @param delivery guarantee and acknowledgements; by default
 * {@link DeliverySettings#DEFAULTS}
 * @param request requests; by default {@link RequestSettings#DEFAULTS}
 * @param subscription subscriptions; by default {@link SubscriptionSettings#DEFAULTS}
 * @param queue outbox; by default {@link QueueSettings#DEFAULTS}
 * @param inbound buffer of received messages; by default {@link InboundSettings#DEFAULTS}
 * @param framing how frames carry messages; by default {@link FramingSettings#DEFAULTS}
 * @param cluster which of several instances connects; by default
 * {@link ClusterSettings#DEFAULTS}
 * @since 0.1
 */
public record ClientSettings(String name, List<URI> urls, Map<String, String> headers, List<String> subprotocols,
		String origin, Map<String, String> values, Duration connectTimeout, Duration closeTimeout,
		Duration shutdownTimeout, int maxMessageSize, int maxFrameSize, ProxySettings proxy, boolean compression,
		HeartbeatSettings heartbeat, ReconnectSettings reconnect, SessionSettings session, DeliverySettings delivery,
		RequestSettings request, SubscriptionSettings subscription, QueueSettings queue, InboundSettings inbound,
		FramingSettings framing, ClusterSettings cluster) {

	/**
	 * Copies the lists and maps.
	 * @param name name of the client
	 * @param urls list of URLs, tried in turn; empty when a customizer supplies one
	 * @param headers headers of the handshake
	 * @param subprotocols requested subprotocols, in order of preference
	 * @param origin {@code Origin} of the handshake; empty for none
	 * @param values values for templates
	 * @param connectTimeout limit of a whole attempt
	 * @param closeTimeout limit of the wait for the peer's close frame
	 * @param shutdownTimeout longest time for sending the outbox at the end
	 * @param maxMessageSize bytes of the largest message to receive
	 * @param maxFrameSize bytes of the largest frame to send
	 * @param proxy proxy to connect through
	 * @param compression whether to offer {@code permessage-deflate}
	 * @param heartbeat heartbeat
	 * @param reconnect reconnecting
	 * @param session session
	 * @param delivery guarantee and acknowledgements
	 * @param request requests
	 * @param subscription subscriptions
	 * @param queue outbox
	 * @param inbound buffer of received messages
	 * @param framing how frames carry messages
	 * @param cluster which of several instances connects
	 */
	public ClientSettings {
		urls = List.copyOf(urls);
		headers = Map.copyOf(headers);
		subprotocols = List.copyOf(subprotocols);
		values = Map.copyOf(values);
	}

	/**
	 * Return the default settings of a client.
	 * @param name name of the client
	 * @return the default settings
	 */
	public static ClientSettings defaults(String name) {
		return new ClientSettings(name, List.of(), Map.of(), List.of(), "", Map.of(), DefaultTimeouts.CONNECT,
				DefaultTimeouts.CLOSE, DefaultTimeouts.SHUTDOWN, 8 * 1024 * 1024, 64 * 1024, ProxySettings.NONE, false,
				HeartbeatSettings.DEFAULTS, ReconnectSettings.DEFAULTS, SessionSettings.DEFAULTS,
				DeliverySettings.DEFAULTS, RequestSettings.DEFAULTS, SubscriptionSettings.DEFAULTS,
				QueueSettings.DEFAULTS, InboundSettings.DEFAULTS, FramingSettings.DEFAULTS, ClusterSettings.DEFAULTS);
	}

	/**
	 * Return a copy with the given {@code urls}.
	 * @param urls list of URLs, tried in turn; empty when a customizer supplies one
	 * @return the copy
	 */
	public ClientSettings withUrls(List<URI> urls) {
		return new ClientSettings(this.name, urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code headers}.
	 * @param headers headers of the handshake
	 * @return the copy
	 */
	public ClientSettings withHeaders(Map<String, String> headers) {
		return new ClientSettings(this.name, this.urls, headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code subprotocols}.
	 * @param subprotocols requested subprotocols, in order of preference
	 * @return the copy
	 */
	public ClientSettings withSubprotocols(List<String> subprotocols) {
		return new ClientSettings(this.name, this.urls, this.headers, subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code origin}.
	 * @param origin {@code Origin} of the handshake; empty for none
	 * @return the copy
	 */
	public ClientSettings withOrigin(String origin) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code values}.
	 * @param values values for templates
	 * @return the copy
	 */
	public ClientSettings withValues(Map<String, String> values) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code connect-timeout}.
	 * @param connectTimeout limit of a whole attempt
	 * @return the copy
	 */
	public ClientSettings withConnectTimeout(Duration connectTimeout) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code close-timeout}.
	 * @param closeTimeout limit of the wait for the close frame of the peer
	 * @return the copy
	 */
	public ClientSettings withCloseTimeout(Duration closeTimeout) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code shutdown-timeout}.
	 * @param shutdownTimeout longest time for sending the outbox at the end
	 * @return the copy
	 */
	public ClientSettings withShutdownTimeout(Duration shutdownTimeout) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code max-message-size}.
	 * @param maxMessageSize bytes of the largest message to receive; a larger one closes
	 * the connection with 1009
	 * @return the copy
	 */
	public ClientSettings withMaxMessageSize(int maxMessageSize) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code max-frame-size}.
	 * @param maxFrameSize bytes of the largest frame to send; a larger message leaves in
	 * fragments (RFC 6455, section 5.4)
	 * @return the copy
	 */
	public ClientSettings withMaxFrameSize(int maxFrameSize) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code proxy}.
	 * @param proxy proxy to connect through
	 * @return the copy
	 */
	public ClientSettings withProxy(ProxySettings proxy) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code compression}.
	 * @param compression whether to offer {@code permessage-deflate}
	 * @return the copy
	 */
	public ClientSettings withCompression(boolean compression) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code heartbeat}.
	 * @param heartbeat heartbeat
	 * @return the copy
	 */
	public ClientSettings withHeartbeat(HeartbeatSettings heartbeat) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code reconnect}.
	 * @param reconnect reconnecting
	 * @return the copy
	 */
	public ClientSettings withReconnect(ReconnectSettings reconnect) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code session}.
	 * @param session session
	 * @return the copy
	 */
	public ClientSettings withSession(SessionSettings session) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code delivery}.
	 * @param delivery guarantee and acknowledgements
	 * @return the copy
	 */
	public ClientSettings withDelivery(DeliverySettings delivery) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code request}.
	 * @param request requests
	 * @return the copy
	 */
	public ClientSettings withRequest(RequestSettings request) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, request,
				this.subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code subscription}.
	 * @param subscription subscriptions
	 * @return the copy
	 */
	public ClientSettings withSubscription(SubscriptionSettings subscription) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				subscription, this.queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code queue}.
	 * @param queue outbox
	 * @return the copy
	 */
	public ClientSettings withQueue(QueueSettings queue) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, queue, this.inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code inbound}.
	 * @param inbound buffer of received messages
	 * @return the copy
	 */
	public ClientSettings withInbound(InboundSettings inbound) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, inbound, this.framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code framing}.
	 * @param framing how frames carry messages
	 * @return the copy
	 */
	public ClientSettings withFraming(FramingSettings framing) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, framing, this.cluster);
	}

	/**
	 * Return a copy with the given {@code cluster}.
	 * @param cluster which of several instances connects
	 * @return the copy
	 */
	public ClientSettings withCluster(ClusterSettings cluster) {
		return new ClientSettings(this.name, this.urls, this.headers, this.subprotocols, this.origin, this.values,
				this.connectTimeout, this.closeTimeout, this.shutdownTimeout, this.maxMessageSize, this.maxFrameSize,
				this.proxy, this.compression, this.heartbeat, this.reconnect, this.session, this.delivery, this.request,
				this.subscription, this.queue, this.inbound, this.framing, cluster);
	}

	/**
	 * Return a copy with one more header. It replaces a header with the same name in any
	 * case.
	 * @param name name of the header
	 * @param value its value; never shown
	 * @return the copy
	 */
	public ClientSettings withHeader(String name, String value) {
		Map<String, String> others = new HashMap<>(this.headers);
		others.keySet().removeIf(name::equalsIgnoreCase);
		return withHeaders(with(others, name, value));
	}

	/**
	 * Return a copy with one more value for templates. It replaces a value with the same
	 * name.
	 * @param name name that templates use
	 * @param value the value; never shown
	 * @return the copy
	 */
	public ClientSettings withValue(String name, String value) {
		return withValues(with(this.values, name, value));
	}

	private static Map<String, String> with(Map<String, String> map, String key, String value) {
		Map<String, String> result = new HashMap<>(map);
		result.put(key, value);
		return result;
	}

	@Override
	public String toString() {
		return "ClientSettings[" + this.name + "]";
	}

}
