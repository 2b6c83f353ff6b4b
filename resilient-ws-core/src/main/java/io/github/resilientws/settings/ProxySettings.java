package io.github.resilientws.settings;

import java.net.URI;

import org.springframework.util.Assert;

/**
 * Settings of the proxy that a client connects through. The proxy resolves the host names
 * of servers.
 *
 * @param type protocol of the proxy; by default {@code NONE}
 * @param host host name, which may be internationalised, or IP address of the proxy; by
 * default empty
 * @param port port of the proxy; by default 0, which is not allowed with a proxy
 * @param username user name; empty for none; by default empty
 * @param password password; never shown; by default empty
 * @since 0.1
 */
public record ProxySettings(Type type, String host, int port, String username, String password) {

	/** No proxy. */
	public static final ProxySettings NONE = new ProxySettings(Type.NONE, "", 0, "", "");

	/**
	 * Return settings of an HTTP proxy, which receives {@code CONNECT} (RFC 9110, section
	 * 9.3.6).
	 * @param host host name or IP address of the proxy
	 * @param port its port
	 * @return the settings, without credentials
	 */
	public static ProxySettings http(String host, int port) {
		return new ProxySettings(Type.HTTP, host, port, "", "");
	}

	/**
	 * Return settings of a SOCKS 5 proxy (RFC 1928).
	 * @param host host name or IP address of the proxy
	 * @param port its port
	 * @return the settings, without credentials
	 */
	public static ProxySettings socks5(String host, int port) {
		return new ProxySettings(Type.SOCKS5, host, port, "", "");
	}

	/**
	 * Return a copy with the given {@code type}.
	 * @param type protocol of the proxy
	 * @return the copy
	 */
	public ProxySettings withType(Type type) {
		return new ProxySettings(type, this.host, this.port, this.username, this.password);
	}

	/**
	 * Return a copy with the given {@code host}.
	 * @param host host name or IP address of the proxy
	 * @return the copy
	 */
	public ProxySettings withHost(String host) {
		return new ProxySettings(this.type, host, this.port, this.username, this.password);
	}

	/**
	 * Return a copy with the given {@code port}.
	 * @param port port of the proxy
	 * @return the copy
	 */
	public ProxySettings withPort(int port) {
		return new ProxySettings(this.type, this.host, port, this.username, this.password);
	}

	/**
	 * Return a copy with the given {@code username}.
	 * @param username user name; empty for none
	 * @return the copy
	 */
	public ProxySettings withUsername(String username) {
		return new ProxySettings(this.type, this.host, this.port, username, this.password);
	}

	/**
	 * Return a copy with the given {@code password}.
	 * @param password password; never shown
	 * @return the copy
	 */
	public ProxySettings withPassword(String password) {
		return new ProxySettings(this.type, this.host, this.port, this.username, password);
	}

	/**
	 * Return a copy with credentials: Basic for HTTP (RFC 7617), user name and password
	 * for SOCKS 5 (RFC 1929).
	 * @param username user name
	 * @param password password; never shown
	 * @return the copy
	 */
	public ProxySettings withCredentials(String username, String password) {
		return new ProxySettings(this.type, this.host, this.port, username, password);
	}

	/**
	 * Return the host to resolve and to connect to. The same hosts are valid as in a URL,
	 * but an IPv6 address has no brackets.
	 * @return the host in ASCII, for an IPv6 address with its zone
	 * @throws IllegalArgumentException if the host is not valid
	 */
	public String connectHost() {
		String server = (this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host;
		URI url = URI.create("ws://" + server);
		Assert.isTrue(server.indexOf('@') < 0 && server.equals(url.getRawAuthority()),
				"the host of the proxy is not valid");
		return WebSocketUrl.of(url).connectHost();
	}

	@Override
	public String toString() {
		return (this.type != Type.NONE) ? "ProxySettings[" + this.type + " " + this.host + ":" + this.port + "]"
				: "ProxySettings[NONE]";
	}

	/**
	 * Protocol of a proxy.
	 */
	public enum Type {

		/** No proxy. */
		NONE,

		/** HTTP CONNECT. */
		HTTP,

		/** SOCKS 5. */
		SOCKS5

	}

}
