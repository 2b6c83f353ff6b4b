package io.github.resilientws.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * URL and settings of one attempt to connect.
 *
 * @param url {@code ws} or {@code wss} URL
 * @param headers additional headers of the opening handshake
 * @param subprotocols requested subprotocols, in order of preference
 * @param maxMessageSize largest message to accept, in bytes
 * @param maxFrameSize largest payload of one outbound data frame, in bytes; a larger
 * message leaves in fragments (RFC 6455, section 5.4)
 * @param connectTimeout limit of the attempt; the client enforces it, a transport may use
 * it to divide it among addresses
 * @param closeTimeout limit of the wait for the peer's close frame
 * @param tls TLS settings for {@code wss}, or {@code null} for the trust store of the JDK
 * @param proxy proxy to connect through
 * @param compression whether to offer {@code permessage-deflate} (RFC 7692)
 * @since 0.1
 */
public record ConnectRequest(URI url, Map<String, String> headers, List<String> subprotocols, int maxMessageSize,
		int maxFrameSize, Duration connectTimeout, Duration closeTimeout, @Nullable TlsSettings tls,
		ProxySettings proxy, boolean compression) {

	/**
	 * Copies the headers and subprotocols.
	 * @param url {@code ws} or {@code wss} URL
	 * @param headers additional headers of the opening handshake
	 * @param subprotocols requested subprotocols, in order of preference
	 * @param maxMessageSize largest message to accept, in bytes
	 * @param maxFrameSize largest payload of one outbound data frame, in bytes
	 * @param connectTimeout limit of the attempt; the client enforces it, a transport may
	 * use it to divide it among addresses
	 * @param closeTimeout limit of the wait for the peer's close frame
	 * @param tls TLS settings for {@code wss}, or {@code null} for the trust store of the
	 * JDK
	 * @param proxy proxy to connect through
	 * @param compression whether to offer {@code permessage-deflate} (RFC 7692)
	 */
	public ConnectRequest {
		Assert.isTrue(maxFrameSize > 0, "'maxFrameSize' must be positive");
		headers = Map.copyOf(headers);
		subprotocols = List.copyOf(subprotocols);
	}

	/**
	 * Return a copy with another destination.
	 * @param url {@code ws} or {@code wss} URL
	 * @param proxy proxy to connect through
	 * @return the copy
	 */
	public ConnectRequest to(URI url, ProxySettings proxy) {
		return new ConnectRequest(url, this.headers, this.subprotocols, this.maxMessageSize, this.maxFrameSize,
				this.connectTimeout, this.closeTimeout, this.tls, proxy, this.compression);
	}

	@Override
	public String toString() {
		return "ConnectRequest[" + WebSocketUrl.describe(this.url) + "]";
	}

}
