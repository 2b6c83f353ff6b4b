package io.github.resilientws.test.context;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Recognises loopback hosts by their text, without a name look-up.
 */
final class Loopback {

	private static final Pattern IPV4 = Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}");

	private Loopback() {
	}

	/**
	 * Return whether a host is surely this machine.
	 * @param host host of a URL or of a proxy, in lower case
	 * @return {@code true} for {@code localhost}, names below it (RFC 6761) and literal
	 * loopback addresses
	 */
	static boolean isLoopback(String host) {
		if (host.indexOf(':') >= 0) {
			return isLoopbackLiteral(host.startsWith("[") ? host : "[" + host + "]");
		}
		return host.equals("localhost") || host.endsWith(".localhost") || IPV4.matcher(host).matches();
	}

	private static boolean isLoopbackLiteral(String bracketed) {
		try {
			// a literal in brackets causes no name look-up
			return InetAddress.getByName(bracketed).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
