package io.github.resilientws.settings;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rules for headers of the opening handshake. Values are never shown.
 *
 * @since 0.1
 */
public final class HeaderRules {

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	/** Visible ASCII, spaces, tabs, and the printable characters of ISO 8859-1. */
	private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]*");

	private static final Set<String> RESERVED = Set.of("host", "upgrade", "connection", "content-length",
			"transfer-encoding");

	private HeaderRules() {
	}

	static void checkAll(Map<String, String> headers) {
		Set<String> seen = new HashSet<>();
		new TreeMap<>(headers).forEach((name, value) -> {
			check(name, value);
			if (!seen.add(name.toLowerCase(Locale.ROOT))) {
				throw refused(name, "is given twice; names of headers do not depend on case");
			}
		});
	}

	/**
	 * Check a header.
	 * @param name its name
	 * @param value its value
	 * @throws InvalidSettingException if name or value is not allowed in a header, or the
	 * header belongs to the handshake itself
	 */
	public static void check(String name, String value) {
		if (!isToken(name)) {
			throw refused(name, "is not a name of a header; allowed are letters, digits and !#$%&'*+-.^_`|~");
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		if (lowerCase.equals("origin")) {
			throw refused(name, "is set by the handshake; use the setting origin");
		}
		if (lowerCase.equals("sec-websocket-protocol")) {
			throw refused(name, "is set by the handshake; use the setting subprotocols");
		}
		if (RESERVED.contains(lowerCase) || lowerCase.startsWith("sec-websocket-")) {
			throw refused(name, "is set by the handshake and cannot be changed");
		}
		if (!VALUE.matcher(value).matches()) {
			throw refused(name, "the value has a line break or another character that no header may have;"
					+ " allowed are visible characters, spaces and tabs");
		}
	}

	static boolean isToken(String text) {
		return TOKEN.matcher(text).matches();
	}

	private static InvalidSettingException refused(String name, String reason) {
		return new InvalidSettingException("headers." + Text.printable(name), "", reason);
	}

}
