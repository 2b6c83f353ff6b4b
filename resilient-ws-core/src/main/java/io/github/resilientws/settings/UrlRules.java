package io.github.resilientws.settings;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Rules for the URL of a server.
 *
 * @since 0.1
 */
public final class UrlRules {

	private UrlRules() {
	}

	static void checkAll(List<URI> urls, boolean customized) {
		if (urls.isEmpty() && !customized) {
			throw new InvalidSettingException("url", "",
					"is missing; set url or urls, or let a HandshakeCustomizer supply it");
		}
		for (int i = 0; i < urls.size(); i++) {
			check((urls.size() > 1) ? "urls[" + i + "]" : "url", urls.get(i));
		}
	}

	/**
	 * Check a URL.
	 * @param key key of the setting
	 * @param url the URL
	 * @throws InvalidSettingException if no WebSocket can be opened to it
	 */
	public static void check(String key, URI url) {
		String problem = findProblem(url);
		if (problem != null) {
			throw new InvalidSettingException(key, Text.withoutSecrets(url), problem);
		}
	}

	private static @Nullable String findProblem(URI url) {
		if (!"ws".equalsIgnoreCase(url.getScheme()) && !"wss".equalsIgnoreCase(url.getScheme())) {
			return "must start with ws:// or wss://";
		}
		if (url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0) {
			return "must not contain a user or a password; send an Authorization header instead";
		}
		int port;
		try {
			port = WebSocketUrl.of(url).port();
		}
		catch (IllegalArgumentException ex) {
			return "has no valid host; allowed are letters, digits, '-', '_' and '.', an internationalised name,"
					+ " or an IP address (IPv6 in brackets)";
		}
		if (port == 0 || port > 65535) {
			return "has no valid port; allowed is 1 to 65535";
		}
		if (url.getRawFragment() != null) {
			return "must not have a fragment (#)";
		}
		if (!isAscii(url.getRawPath()) || !isAscii(url.getRawQuery())) {
			return "has characters that must be percent-encoded";
		}
		return null;
	}

	private static boolean isAscii(@Nullable String text) {
		return text == null || text.chars().allMatch((character) -> character < 128);
	}

}
