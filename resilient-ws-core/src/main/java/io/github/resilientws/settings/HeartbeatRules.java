package io.github.resilientws.settings;

import java.util.Locale;

import io.github.resilientws.settings.HeartbeatSettings.Mode;

/**
 * Rules for {@code heartbeat.*}.
 */
final class HeartbeatRules {

	private HeartbeatRules() {
	}

	static void check(HeartbeatSettings settings) {
		DurationRules.checkOrZero("heartbeat.interval", settings.interval());
		DurationRules.check("heartbeat.timeout", settings.timeout());
		DurationRules.checkOrZero("heartbeat.data-idle-timeout", settings.dataIdleTimeout());
		NumberRules.atLeast("heartbeat.max-missed", settings.maxMissed(), 1);
		boolean advertised = settings.mode() != Mode.OFF && !settings.intervalFrom().isEmpty();
		if (!settings.isEnabled() && !advertised) {
			return;
		}
		// in mode passive both are waited for, and no heartbeat is sent
		boolean sends = settings.isEnabled() && settings.mode() != Mode.PASSIVE;
		if (sends && settings.timeout().compareTo(settings.interval()) >= 0) {
			throw new InvalidSettingException("heartbeat.timeout", Text.of(settings.timeout()),
					"must be shorter than heartbeat.interval, which is " + Text.of(settings.interval()));
		}
		if (settings.mode() == Mode.TEXT && settings.send().isEmpty()) {
			throw new InvalidSettingException("heartbeat.send", "",
					"is missing; heartbeat.mode text needs the text to send");
		}
	}

	// at run time an unused text may stay for a later change of the mode; in a
	// configuration it is a mistake
	static void checkUnused(HeartbeatSettings settings) {
		if (settings.mode() == Mode.TEXT || settings.mode() == Mode.OFF) {
			return;
		}
		checkUnused("heartbeat.send", settings.send(), settings.mode());
		checkUnused("heartbeat.await", settings.await(), settings.mode());
	}

	private static void checkUnused(String key, String value, Mode mode) {
		if (!value.isEmpty()) {
			throw new InvalidSettingException(key, "", "is only used with heartbeat.mode text, but the mode is "
					+ mode.name().toLowerCase(Locale.ROOT) + "; set the mode, or this to ''");
		}
	}

}
