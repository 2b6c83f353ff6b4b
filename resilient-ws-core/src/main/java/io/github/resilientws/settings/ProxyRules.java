package io.github.resilientws.settings;

import java.nio.charset.StandardCharsets;

/**
 * Rules for the proxy.
 */
final class ProxyRules {

	private static final int MAX_SOCKS_CREDENTIAL = 255;

	private ProxyRules() {
	}

	static void check(ProxySettings settings) {
		if (settings.type() == ProxySettings.Type.NONE) {
			return;
		}
		if (!hasValidHost(settings)) {
			// text before an @ may be credentials
			String shown = settings.host().substring(settings.host().lastIndexOf('@') + 1);
			throw new InvalidSettingException("proxy.host", Text.printable(shown),
					"must be a host name or an IP address, without scheme, port or brackets");
		}
		if (settings.port() == 0) {
			throw new InvalidSettingException("proxy.port", "", "is missing; allowed is 1 to 65535");
		}
		NumberRules.between("proxy.port", settings.port(), 1, 65535);
		if (settings.username().isEmpty() && !settings.password().isEmpty()) {
			throw new InvalidSettingException("proxy.username", "", "is missing; proxy.password is set");
		}
		if (settings.type() == ProxySettings.Type.SOCKS5) {
			checkSocksCredential("proxy.username", settings.username());
			checkSocksCredential("proxy.password", settings.password());
		}
		else if (settings.username().indexOf(':') >= 0) {
			throw new InvalidSettingException("proxy.username", "", "must not contain ':' (RFC 7617)");
		}
	}

	private static boolean hasValidHost(ProxySettings settings) {
		try {
			settings.connectHost();
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	// RFC 1929 names no encoding, and Netty sends question marks for other characters
	private static void checkSocksCredential(String key, String value) {
		if (!StandardCharsets.US_ASCII.newEncoder().canEncode(value) || value.length() > MAX_SOCKS_CREDENTIAL) {
			throw new InvalidSettingException(key, "",
					"must have at most 255 characters, all of them ASCII, for SOCKS 5");
		}
	}

}
