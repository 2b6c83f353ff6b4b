package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Rules for durations: 100 ms to 365 days, so that sums of nanoseconds fit into a
 * {@code long}.
 *
 * @since 0.1
 */
public final class DurationRules {

	private static final Duration SHORTEST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofDays(365);

	private DurationRules() {
	}

	/**
	 * Check a duration that cannot be switched off.
	 * @param key key of the setting
	 * @param value the duration
	 * @throws InvalidSettingException if it is not allowed
	 */
	public static void check(String key, Duration value) {
		if (value.isZero()) {
			throw refused(key, value, "0 is not allowed here; allowed is 100ms to 365d");
		}
		checkRange(key, value, "allowed is 100ms to 365d");
	}

	/**
	 * Check a duration that zero switches off.
	 * @param key key of the setting
	 * @param value the duration
	 * @throws InvalidSettingException if it is not allowed
	 */
	public static void checkOrZero(String key, Duration value) {
		if (!value.isZero()) {
			checkRange(key, value, "allowed is 100ms to 365d, or 0 to switch it off");
		}
	}

	private static void checkRange(String key, Duration value, String allowed) {
		if (value.isNegative()) {
			throw refused(key, value, "must not be negative; " + allowed);
		}
		if (value.compareTo(SHORTEST) < 0) {
			throw refused(key, value, "is the unit missing? A number alone is milliseconds; " + allowed);
		}
		if (value.compareTo(LONGEST) > 0) {
			throw refused(key, value, "is too long; " + allowed);
		}
	}

	private static InvalidSettingException refused(String key, Duration value, String reason) {
		return new InvalidSettingException(key, Text.of(value), reason);
	}

}
