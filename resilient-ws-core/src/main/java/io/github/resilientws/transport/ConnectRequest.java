package io.github.resilientws.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where and how to connect.
 *
 * @param url {@code ws} or {@code wss} URL
 * @param headers headers of the opening handshake, besides those that it consists of
 * @param subprotocols requested subprotocols, in order of preference
 * @param maxMessageSize largest message to accept, in bytes
 * @param connectTimeout limit of the attempt; the client enforces it, a transport may use
 * it to share it out among addresses
 * @param closeTimeout limit of the wait for the peer's close frame
 */
public record ConnectRequest(URI url, Map<String, String> headers, List<String> subprotocols, int maxMessageSize,
		Duration connectTimeout, Duration closeTimeout) {

	public ConnectRequest {
		headers = Map.copyOf(headers);
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * Return a copy that goes elsewhere.
	 * @param url {@code ws} or {@code wss} URL
	 * @return the copy
	 */
	public ConnectRequest withUrl(URI url) {
		return new ConnectRequest(url, this.headers, this.subprotocols, this.maxMessageSize, this.connectTimeout,
				this.closeTimeout);
	}

	@Override
	public String toString() {
		return "ConnectRequest[" + this.url.getHost() + ":" + this.url.getPort() + "]";
	}

}
