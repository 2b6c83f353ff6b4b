package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/**
 * Texts that describe refused configuration.
 */
final class FailureText {

	private FailureText() {
	}

	static String setting(String name, String value, @Nullable Origin origin, String reason) {
		StringBuilder text = new StringBuilder("The setting '").append(name).append("' is not valid:\n");
		if (!value.isEmpty()) {
			text.append("\n    Value:  ").append(value);
		}
		appendOrigin(text, origin);
		return text.append("\n    Reason: ").append(reason).toString();
	}

	// without control characters, and shortened
	static String printable(String value) {
		String text = value.replaceAll("\\p{Cntrl}", "?");
		return (text.length() > 100) ? text.substring(0, 100) + "..." : text;
	}

	static void appendOrigin(StringBuilder text, @Nullable Origin origin) {
		if (origin != null) {
			text.append("\n    Origin: ").append(origin);
		}
	}

}
