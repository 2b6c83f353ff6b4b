package io.github.resilientws.transport.netty;

import java.net.URI;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What a URL says about where to connect and what to ask for.
 *
 * @param host host name or IP address, without brackets
 * @param port port
 * @param secure whether TLS is used
 * @param hostHeader value of the {@code Host} header
 * @param requestTarget path and query
 */
record Endpoint(String host, int port, boolean secure, String hostHeader, String requestTarget) {

	static Endpoint of(URI url) {
		boolean secure = "wss".equalsIgnoreCase(url.getScheme());
		Assert.isTrue(secure || "ws".equalsIgnoreCase(url.getScheme()), "the scheme of the URL must be ws or wss");
		String host = url.getHost();
		Assert.notNull(host, "the URL must have a host");
		int defaultPort = (secure) ? 443 : 80;
		int port = (url.getPort() >= 0) ? url.getPort() : defaultPort;
		String path = (StringUtils.hasLength(url.getRawPath())) ? url.getRawPath() : "/";
		String target = (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
		String hostHeader = (port != defaultPort) ? host + ":" + port : host;
		return new Endpoint((host.startsWith("[")) ? host.substring(1, host.length() - 1) : host, port, secure,
				hostHeader, target);
	}

	@Override
	public String toString() {
		return "Endpoint[" + this.hostHeader + "]";
	}

}
