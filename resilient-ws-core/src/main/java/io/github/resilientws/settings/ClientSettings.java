package io.github.resilientws.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All settings of one client.
 *
 * @param name name of the client
 * @param urls URLs, tried in turn; empty when a customizer supplies one
 * @param headers headers of the handshake
 * @param subprotocols requested subprotocols, in order of preference
 * @param origin {@code Origin} of the handshake; empty for none
 * @param values values for templates
 * @param connectTimeout limit of a whole attempt
 * @param closeTimeout limit of the wait for the peer's close frame
 * @param shutdownTimeout limit of draining
 * @param proxy proxy to connect through
 * @param compression whether to offer {@code permessage-deflate}
 * @param heartbeat heartbeat
 * @param reconnect reconnecting
 * @param session session
 * @param delivery guarantee and acknowledgements
 * @param queue outbox
 * @param inbound what is received
 */
public record ClientSettings(String name, List<URI> urls, Map<String, String> headers, List<String> subprotocols,
		String origin, Map<String, String> values, Duration connectTimeout, Duration closeTimeout,
		Duration shutdownTimeout, ProxySettings proxy, boolean compression, HeartbeatSettings heartbeat,
		ReconnectSettings reconnect, SessionSettings session, DeliverySettings delivery, QueueSettings queue,
		InboundSettings inbound) {

	/**
	 * Copies the lists and maps.
	 * @param name name of the client
	 * @param urls URLs, tried in turn; empty when a customizer supplies one
	 * @param headers headers of the handshake
	 * @param subprotocols requested subprotocols, in order of preference
	 * @param origin {@code Origin} of the handshake; empty for none
	 * @param values values for templates
	 * @param connectTimeout limit of a whole attempt
	 * @param closeTimeout limit of the wait for the peer's close frame
	 * @param shutdownTimeout limit of draining
	 * @param proxy proxy to connect through
	 * @param compression whether to offer {@code permessage-deflate}
	 * @param heartbeat heartbeat
	 * @param reconnect reconnecting
	 * @param session session
	 * @param delivery guarantee and acknowledgements
	 * @param queue outbox
	 * @param inbound what is received
	 */
	public ClientSettings {
		urls = List.copyOf(urls);
		headers = Map.copyOf(headers);
		subprotocols = List.copyOf(subprotocols);
		values = Map.copyOf(values);
	}

	@Override
	public String toString() {
		return "ClientSettings[" + this.name + "]";
	}

}
