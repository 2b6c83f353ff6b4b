package io.github.resilientws.settings;

/**
 * Rules for whole numbers.
 */
final class NumberRules {

	private NumberRules() {
	}

	static void atLeast(String key, long value, long least) {
		if (value < least) {
			throw new InvalidSettingException(key, Long.toString(value), "must be at least " + least);
		}
	}

	static void between(String key, long value, long least, long most) {
		if (value < least || value > most) {
			throw new InvalidSettingException(key, Long.toString(value), "must be between " + least + " and " + most);
		}
	}

}
