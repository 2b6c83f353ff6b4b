package io.github.resilientws.settings;

/**
 * Rules for {@code reconnect.*}.
 */
final class ReconnectRules {

	private static final double LARGEST_MULTIPLIER = 100;

	private ReconnectRules() {
	}

	static void check(ReconnectSettings settings) {
		DurationRules.check("reconnect.initial-delay", settings.initialDelay());
		DurationRules.check("reconnect.max-delay", settings.maxDelay());
		if (settings.maxDelay().compareTo(settings.initialDelay()) < 0) {
			throw new InvalidSettingException("reconnect.max-delay", Text.of(settings.maxDelay()),
					"must not be shorter than reconnect.initial-delay, which is " + Text.of(settings.initialDelay()));
		}
		// this form of the condition refuses NaN, too
		if (!(settings.multiplier() >= 1 && settings.multiplier() <= LARGEST_MULTIPLIER)) {
			throw new InvalidSettingException("reconnect.multiplier", Double.toString(settings.multiplier()),
					"must be between 1 and 100");
		}
		NumberRules.atLeast("reconnect.max-attempts", settings.maxAttempts(), 0);
		DurationRules.checkOrZero("reconnect.max-elapsed", settings.maxElapsed());
		DurationRules.checkOrZero("reconnect.reset-after", settings.resetAfter());
		DurationRules.check("reconnect.max-retry-after", settings.maxRetryAfter());
		CodeActions.forClose(settings.onClose());
		CodeActions.forStatus(settings.onStatus());
	}

}
