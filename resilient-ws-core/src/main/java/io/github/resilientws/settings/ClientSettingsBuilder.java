package io.github.resilientws.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes the settings of one client. Each method changes one setting;
 * {@link #settings(UnaryOperator)} changes any of them. Settings are checked when the
 * client is built.
 *
 * @param <B> type of the builder
 * @since 0.1
 */
public interface ClientSettingsBuilder<B extends ClientSettingsBuilder<B>> {

	/**
	 * Change all settings at once; the methods below each change one of them.
	 * @param update returns the new settings, under the same name
	 * @return this builder
	 * @throws IllegalArgumentException if the name differs
	 */
	B settings(UnaryOperator<ClientSettings> update);

	/**
	 * Use several URLs, tried in turn.
	 * @param urls the URLs; empty when a customizer supplies one
	 * @return this builder
	 */
	default B urls(List<URI> urls) {
		return settings((settings) -> settings.withUrls(urls));
	}

	/**
	 * Send a header with the handshake.
	 * @param name name of the header
	 * @param value its value; never shown
	 * @return this builder
	 */
	default B header(String name, String value) {
		return settings((settings) -> settings.withHeader(name, value));
	}

	/**
	 * Request subprotocols (RFC 6455, section 1.9).
	 * @param subprotocols in order of preference
	 * @return this builder
	 */
	default B subprotocols(List<String> subprotocols) {
		return settings((settings) -> settings.withSubprotocols(subprotocols));
	}

	/**
	 * Send an {@code Origin} (RFC 6454) with the handshake.
	 * @param origin the origin; empty for none
	 * @return this builder
	 */
	default B origin(String origin) {
		return settings((settings) -> settings.withOrigin(origin));
	}

	/**
	 * Supply a value for templates.
	 * @param name name that templates use
	 * @param value the value; never shown
	 * @return this builder
	 */
	default B value(String name, String value) {
		return settings((settings) -> settings.withValue(name, value));
	}

	/**
	 * Limit a whole attempt: handshake customizers, name look-up, TCP, TLS and handshake.
	 * @param timeout the limit, by default 10 seconds
	 * @return this builder
	 */
	default B connectTimeout(Duration timeout) {
		return settings((settings) -> settings.withConnectTimeout(timeout));
	}

	/**
	 * Limit the wait for the peer's close frame.
	 * @param timeout the limit, by default 5 seconds
	 * @return this builder
	 */
	default B closeTimeout(Duration timeout) {
		return settings((settings) -> settings.withCloseTimeout(timeout));
	}

	/**
	 * Limit the time for sending the outbox at the end.
	 * @param timeout the limit, by default 10 seconds
	 * @return this builder
	 */
	default B shutdownTimeout(Duration timeout) {
		return settings((settings) -> settings.withShutdownTimeout(timeout));
	}

	/**
	 * Limit the messages that are received; a larger one closes the connection with 1009.
	 * @param bytes largest message in bytes, by default 8 MB
	 * @return this builder
	 */
	default B maxMessageSize(int bytes) {
		return settings((settings) -> settings.withMaxMessageSize(bytes));
	}

	/**
	 * Limit the frames that are sent; a larger message leaves in fragments (RFC 6455,
	 * section 5.4).
	 * @param bytes largest payload of a frame in bytes, by default 64 KB
	 * @return this builder
	 */
	default B maxFrameSize(int bytes) {
		return settings((settings) -> settings.withMaxFrameSize(bytes));
	}

	/**
	 * Connect through a proxy.
	 * @param proxy the proxy, by default none
	 * @return this builder
	 */
	default B proxy(ProxySettings proxy) {
		return settings((settings) -> settings.withProxy(proxy));
	}

	/**
	 * Offer compression of messages, {@code permessage-deflate} (RFC 7692).
	 * @param compression whether to offer it, by default not
	 * @return this builder
	 */
	default B compression(boolean compression) {
		return settings((settings) -> settings.withCompression(compression));
	}

	/**
	 * Change the heartbeat.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B heartbeat(UnaryOperator<HeartbeatSettings> update) {
		return settings((settings) -> settings.withHeartbeat(update.apply(settings.heartbeat())));
	}

	/**
	 * Change how to reconnect.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B reconnect(UnaryOperator<ReconnectSettings> update) {
		return settings((settings) -> settings.withReconnect(update.apply(settings.reconnect())));
	}

	/**
	 * Change the session.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B session(UnaryOperator<SessionSettings> update) {
		return settings((settings) -> settings.withSession(update.apply(settings.session())));
	}

	/**
	 * Change how messages are delivered.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B delivery(UnaryOperator<DeliverySettings> update) {
		return settings((settings) -> settings.withDelivery(update.apply(settings.delivery())));
	}

	/**
	 * Change the settings of requests.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B request(UnaryOperator<RequestSettings> update) {
		return settings((settings) -> settings.withRequest(update.apply(settings.request())));
	}

	/**
	 * Change the settings of subscriptions.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B subscription(UnaryOperator<SubscriptionSettings> update) {
		return settings((settings) -> settings.withSubscription(update.apply(settings.subscription())));
	}

	/**
	 * Change the bounds and the store of the outbox.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B queue(UnaryOperator<QueueSettings> update) {
		return settings((settings) -> settings.withQueue(update.apply(settings.queue())));
	}

	/**
	 * Change the bounds of the buffer for received messages.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B inbound(UnaryOperator<InboundSettings> update) {
		return settings((settings) -> settings.withInbound(update.apply(settings.inbound())));
	}

	/**
	 * Change how frames carry messages.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B framing(UnaryOperator<FramingSettings> update) {
		return settings((settings) -> settings.withFraming(update.apply(settings.framing())));
	}

	/**
	 * Set which of several instances connects. {@code Mode.ONE} needs a
	 * {@link io.github.resilientws.cluster.LineElection LineElection} as component.
	 * @param update returns the new settings
	 * @return this builder
	 */
	default B cluster(UnaryOperator<ClusterSettings> update) {
		return settings((settings) -> settings.withCluster(update.apply(settings.cluster())));
	}

}
