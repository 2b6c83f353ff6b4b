package io.github.resilientws.settings;

import java.net.URI;
import java.time.Duration;

/**
 * Formats refused values for failure texts.
 */
final class Text {

	private static final String[] UNITS = { "d", "h", "m", "s", "ms" };

	private static final long[] MILLIS = { 86_400_000, 3_600_000, 60_000, 1000, 1 };

	private Text() {
	}

	// a setting must not be able to forge lines of a log
	static String printable(String text) {
		StringBuilder result = new StringBuilder();
		text.chars().forEach((character) -> {
			if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
				result.append(String.format("\\u%04x", character));
			}
			else {
				result.append((char) character);
			}
		});
		return result.toString();
	}

	// path and query may hold tokens, user-info holds credentials
	static String withoutSecrets(URI url) {
		StringBuilder result = new StringBuilder();
		if (url.getScheme() != null) {
			result.append(url.getScheme()).append(':');
		}
		// host:port without a scheme
		if (url.isOpaque() && url.getRawSchemeSpecificPart().matches("\\d{1,5}(/.*)?")) {
			result.append(url.getRawSchemeSpecificPart().replaceFirst("/.*", ""));
		}
		String authority = url.getRawAuthority();
		if (authority != null) {
			result.append("//").append(authority.substring(authority.lastIndexOf('@') + 1));
		}
		return result.toString();
	}

	static String of(Duration duration) {
		if (duration.isZero()) {
			return "0";
		}
		if (duration.getNano() % 1_000_000 != 0 || duration.abs().compareTo(Duration.ofDays(100_000)) > 0) {
			return duration.toString();
		}
		long millis = duration.toMillis();
		int unit = 0;
		while (millis % MILLIS[unit] != 0) {
			unit++;
		}
		return millis / MILLIS[unit] + UNITS[unit];
	}

}
