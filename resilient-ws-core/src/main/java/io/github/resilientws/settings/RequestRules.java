package io.github.resilientws.settings;

/**
 * Rules for {@code request.*}.
 */
final class RequestRules {

	private static final int LARGEST_WINDOW = 65_536;

	private RequestRules() {
	}

	static void check(RequestSettings settings) {
		DurationRules.check("request.timeout", settings.timeout());
		NumberRules.between("request.window", settings.window(), 1, LARGEST_WINDOW);
		boolean recognisesReplies = !settings.reply().id().isEmpty();
		if (!settings.send().isEmpty()) {
			if (!PlaceholderRules.contains(settings.send(), "id")) {
				// the template is not shown, since it may hold a secret
				throw new InvalidSettingException("request.send", "",
						"must contain {{id}}, by which the reply is recognised");
			}
			require(recognisesReplies, "request.reply.id", "the locator of the id in the reply to request.send");
		}
		require(recognisesReplies || (settings.reply().when().isEmpty() && settings.reply().payload().isEmpty()),
				"request.reply.id", "the locator of the id in a reply");
		boolean refusals = !settings.error().when().isEmpty();
		require(recognisesReplies || !refusals, "request.reply.id",
				"the locator of the id in a reply, because request.error.when is set");
		require(refusals || (settings.error().id().isEmpty() && settings.error().payload().isEmpty()),
				"request.error.when", "the matcher of a refusal");
	}

	private static void require(boolean met, String key, String setting) {
		if (!met) {
			throw new InvalidSettingException(key, "", "is missing; needed is " + setting);
		}
	}

}
