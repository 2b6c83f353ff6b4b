package io.github.resilientws.settings;

import java.net.IDN;
import java.net.URI;
import java.util.regex.Pattern;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The parts of a {@code ws} or {@code wss} URL (RFC 6455, section 3). It also reads hosts
 * for which {@link URI#getHost()} returns {@code null}: names with {@code _}, and
 * internationalised names, which are converted to ASCII by {@link IDN}.
 *
 * <pre class="code">
 * WebSocketUrl url = WebSocketUrl.of(URI.create("wss://m&#252;nchen.example/ws?a=b"));
 * url.host();          // "xn--mnchen-3ya.example"
 * url.port();          // 443
 * url.hostHeader();    // "xn--mnchen-3ya.example"
 * url.requestTarget(); // "/ws?a=b"
 * </pre>
 *
 * @param secure whether the connection uses TLS
 * @param host host name in ASCII, or an IP address without brackets and zone
 * @param zone zone of an IPv6 address (RFC 4007, section 11), or an empty string
 * @param port port; 80 or 443 if the URL names none
 * @param requestTarget path and query (RFC 9112, section 3.2.1); may contain secrets
 * @since 0.1
 */
public record WebSocketUrl(boolean secure, String host, String zone, int port, String requestTarget) {

	private static final int MAX_NAME = 254;

	private static final int MAX_PORT_DIGITS = 5;

	private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?";

	private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?");

	private static final Pattern NUMBER_AT_END = Pattern.compile("(?:.*\\.)?[0-9]+\\.?");

	private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");

	private static final Pattern PORT = Pattern.compile("[0-9]*");

	/**
	 * Read a URL.
	 * @param url the URL
	 * @return its parts; the range of the port is not checked
	 * @throws IllegalArgumentException if the scheme is neither {@code ws} nor
	 * {@code wss}, or the host is missing or not valid
	 */
	public static WebSocketUrl of(URI url) {
		boolean secure = "wss".equalsIgnoreCase(url.getScheme());
		Assert.isTrue(secure || "ws".equalsIgnoreCase(url.getScheme()), "the scheme of the URL must be ws or wss");
		String authority = url.getRawAuthority();
		Assert.notNull(authority, "the URL must have a host");
		String server = authority.substring(authority.lastIndexOf('@') + 1);
		// a colon inside the brackets of an IPv6 address does not precede the port
		int colon = server.indexOf(':', server.lastIndexOf(']') + 1);
		String host = (colon >= 0) ? server.substring(0, colon) : server;
		int port = port((colon >= 0) ? server.substring(colon + 1) : "", secure);
		String path = StringUtils.hasLength(url.getRawPath()) ? url.getRawPath() : "/";
		String target = (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
		if (!host.startsWith("[")) {
			return new WebSocketUrl(secure, toAscii(host), "", port, target);
		}
		// java.net.URI has checked the address and its zone
		int percent = host.indexOf('%');
		String address = host.substring(1, (percent >= 0) ? percent : host.length() - 1);
		return new WebSocketUrl(secure, address, (percent >= 0) ? zone(host.substring(percent)) : "", port, target);
	}

	/**
	 * Describe the server of a URL, for logs.
	 * @param url any URL
	 * @return host and port, without anything that may be a secret
	 */
	public static String describe(URI url) {
		try {
			return of(url).hostAndPort();
		}
		catch (IllegalArgumentException ex) {
			return "not a WebSocket URL";
		}
	}

	private static int port(String text, boolean secure) {
		Assert.isTrue(PORT.matcher(text).matches(), "the port of the URL must be a number");
		if (text.isEmpty()) {
			return defaultPort(secure);
		}
		return (text.length() <= MAX_PORT_DIGITS) ? Integer.parseInt(text) : Integer.MAX_VALUE;
	}

	private static int defaultPort(boolean secure) {
		return secure ? 443 : 80;
	}

	private static String toAscii(String host) {
		String ascii;
		try {
			// without the rules of STD 3, which forbid '_'
			ascii = IDN.toASCII(host);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("the host of the URL is not valid");
		}
		boolean valid = ascii.length() <= MAX_NAME && NAME.matcher(ascii).matches()
				&& (!NUMBER_AT_END.matcher(ascii).matches() || IPV4.matcher(ascii).matches());
		Assert.isTrue(valid, "the host of the URL is not valid");
		return ascii;
	}

	// RFC 6874 writes the '%' of a zone as %25; many users do not
	private static String zone(String text) {
		boolean escaped = text.startsWith("%25") && text.length() > "%25]".length();
		return text.substring(escaped ? "%25".length() : 1, text.length() - 1);
	}

	/**
	 * Return the host to resolve and to connect to.
	 * @return the host, for an IPv6 address with its zone
	 */
	public String connectHost() {
		return this.zone.isEmpty() ? this.host : this.host + "%" + this.zone;
	}

	/**
	 * Return whether the host is an IP address, so that no name has to be looked up.
	 * @return whether it is one
	 */
	public boolean isIpAddress() {
		return this.host.indexOf(':') >= 0 || IPV4.matcher(this.host).matches();
	}

	/**
	 * Return the value of the {@code Host} header (RFC 9110, section 7.2).
	 * @return host without a zone, and the port unless it is that of the scheme
	 */
	public String hostHeader() {
		return withPort(bracketed(this.host));
	}

	/**
	 * Return host and port, for logs.
	 * @return host with its zone, and port
	 */
	public String hostAndPort() {
		return bracketed(connectHost()) + ":" + this.port;
	}

	/**
	 * Return the URL without path and query.
	 * @return scheme, host with its zone, and the port unless it is that of the scheme
	 */
	public String location() {
		return (this.secure ? "wss://" : "ws://") + withPort(bracketed(connectHost()));
	}

	/**
	 * Return the URL in ASCII, as libraries expect it.
	 * @return the URL, without credentials and fragment; {@link URI#getHost()} is
	 * {@code null} for a name with {@code _}
	 */
	public URI toUri() {
		return URI.create(location() + this.requestTarget);
	}

	private String withPort(String host) {
		return (this.port != defaultPort(this.secure)) ? host + ":" + this.port : host;
	}

	private static String bracketed(String host) {
		return (host.indexOf(':') >= 0) ? "[" + host + "]" : host;
	}

	@Override
	public String toString() {
		return "WebSocketUrl[" + location() + "]";
	}

}
