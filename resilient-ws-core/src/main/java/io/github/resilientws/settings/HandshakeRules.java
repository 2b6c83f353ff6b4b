package io.github.resilientws.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rules for the handshake headers that have their own settings.
 */
final class HandshakeRules {

	private static final Pattern ORIGIN = Pattern
		.compile("[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

	private HandshakeRules() {
	}

	static void checkSubprotocols(List<String> subprotocols) {
		Set<String> seen = new HashSet<>();
		// some servers take tokens as subprotocols, so they are not shown
		for (int i = 0; i < subprotocols.size(); i++) {
			String subprotocol = subprotocols.get(i);
			if (!HeaderRules.isToken(subprotocol)) {
				throw refused("subprotocols[" + i + "]", "",
						"is not a name of a subprotocol; allowed are letters, digits and !#$%&'*+-.^_`|~");
			}
			if (!seen.add(subprotocol)) {
				throw refused("subprotocols[" + i + "]", "", "is given twice");
			}
		}
	}

	static void checkOrigin(String origin) {
		if (!origin.isEmpty() && !origin.equals("null") && !ORIGIN.matcher(origin).matches()) {
			String shown = (origin.indexOf('@') < 0 && origin.indexOf('?') < 0) ? origin : "";
			throw refused("origin", shown, "must be scheme://host or scheme://host:port, without a path, or null");
		}
	}

	private static InvalidSettingException refused(String key, String value, String reason) {
		return new InvalidSettingException(key, Text.printable(value), reason);
	}

}
