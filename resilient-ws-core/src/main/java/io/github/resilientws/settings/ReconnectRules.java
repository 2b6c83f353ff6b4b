package io.github.resilientws.settings;

/**
 * Rules for {@code reconnect.*}.
 */
final class ReconnectRules {

	private static final double LARGEST_MULTIPLIER = 100;

	private static final int NORMAL_CLOSURE = 1000;

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
		for (int i = 0; i < settings.onMessage().size(); i++) {
			if (settings.onMessage().get(i).when().isEmpty()) {
				throw new InvalidSettingException("reconnect.on-message[" + i + "].when", "",
						"is missing; needed is the matcher of the message that ends the connection");
			}
		}
		checkCloseCode(settings.closeCode());
	}

	// RFC 6455, section 7.4.2; 1001 would say that this peer goes away
	private static void checkCloseCode(int code) {
		if (code != NORMAL_CLOSURE && (code < 3000 || code > 4999)) {
			throw new InvalidSettingException("reconnect.close-code", Integer.toString(code),
					"allowed are 1000 and 3000 to 4999");
		}
	}

}
