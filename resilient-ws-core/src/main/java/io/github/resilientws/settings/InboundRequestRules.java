package io.github.resilientws.settings;

/**
 * Rules for {@code inbound.request.*}.
 */
final class InboundRequestRules {

	private InboundRequestRules() {
	}

	static void check(InboundRequestSettings settings) {
		DurationRules.check("inbound.request.timeout", settings.timeout());
		boolean questions = !settings.when().isEmpty();
		boolean answers = !settings.reply().isEmpty();
		boolean refusals = !settings.error().isEmpty() || !settings.unhandled().isEmpty();
		require(answers || !(questions || refusals), "inbound.request.reply",
				"the template of the answer to a question of the server");
		require(questions || !answers, "inbound.request.when", "the matcher of a question of the server");
	}

	private static void require(boolean met, String key, String setting) {
		if (!met) {
			throw new InvalidSettingException(key, "", "is missing; needed is " + setting);
		}
	}

}
