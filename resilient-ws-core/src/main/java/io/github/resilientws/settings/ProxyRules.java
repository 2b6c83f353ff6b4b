package io.github.resilientws.settings;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.github.resilientws.InvalidSettingException;
import io.github.resilientws.ProxySettings;

/**
 * Rules for the proxy.
 */
final class ProxyRules {

	private static final int MAX_SOCKS_CREDENTIAL = 255;

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+");

	private ProxyRules() {
	}

	static void check(ProxySettings settings) {
		if (settings.type() == ProxySettings.Type.NONE) {
			return;
		}
		if (!HOST.matcher(settings.host()).matches()) {
			throw new InvalidSettingException("proxy.host", Text.printable(settings.host()),
					"must be a host name or an IP address, without scheme, port or brackets");
		}
		NumberRules.between("proxy.port", settings.port(), 1, 65535);
		if (settings.username().isEmpty() && !settings.password().isEmpty()) {
			throw new InvalidSettingException("proxy.username", "", "is missing; proxy.password is set");
		}
		if (settings.type() == ProxySettings.Type.SOCKS5) {
			checkLength("proxy.username", settings.username());
			checkLength("proxy.password", settings.password());
		}
		else if (settings.username().indexOf(':') >= 0) {
			throw new InvalidSettingException("proxy.username", "", "must not contain ':' (RFC 7617)");
		}
	}

	private static void checkLength(String key, String value) {
		if (value.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKS_CREDENTIAL) {
			throw new InvalidSettingException(key, "", "must not be longer than 255 bytes (RFC 1929)");
		}
	}

}
