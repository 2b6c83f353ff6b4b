package io.github.resilientws.settings;

/**
 * Rules for {@code subscription.*}.
 */
final class SubscriptionRules {

	private SubscriptionRules() {
	}

	static void check(SubscriptionSettings settings, RequestSettings request) {
		DurationRules.check("subscription.timeout", settings.timeout());
		checkKey(settings);
		checkIds(settings, request);
		for (int i = 0; i < settings.onMessage().size(); i++) {
			String key = "subscription.on-message[" + i + "].when";
			String when = settings.onMessage().get(i).when();
			if (when.isEmpty()) {
				throw new InvalidSettingException(key, "", "is missing; needed is the matcher of the message");
			}
			if (settings.messageKey().isEmpty()) {
				throw new InvalidSettingException(key, Text.printable(when),
						"needs subscription.message-key, the locator of the key in a message");
			}
		}
	}

	private static void checkKey(SubscriptionSettings settings) {
		String key = settings.key();
		boolean destination = key.equals(SubscriptionSettings.DESTINATION);
		boolean id = key.equals(SubscriptionSettings.ID);
		if (!destination && !id && !key.startsWith("/") && !key.startsWith("~")) {
			throw new InvalidSettingException("subscription.key", key,
					"must be destination, id, or a locator in the confirmation: a JSON pointer, which starts with /,"
							+ " or a ~regex with a group");
		}
		if (!destination && settings.messageKey().isEmpty()) {
			throw new InvalidSettingException("subscription.key", key,
					"needs subscription.message-key, the locator of the key in a message");
		}
		if (destination && PlaceholderRules.contains(settings.cancel(), "key")) {
			throw new InvalidSettingException("subscription.cancel", "{{key}}",
					"needs subscription.key: id, or a locator in the confirmation; with subscription.key: destination"
							+ " use {{destination}}");
		}
		if (id && !settings.send().isEmpty() && !PlaceholderRules.contains(settings.send(), "id")) {
			throw new InvalidSettingException("subscription.key", key,
					"needs {{id}} in subscription.send; allowed are also destination, and a locator in the"
							+ " confirmation");
		}
	}

	private static void checkIds(SubscriptionSettings settings, RequestSettings request) {
		if (settings.await() == null && request.reply().id().isEmpty()) {
			checkId("subscription.send", settings.send());
			checkId("subscription.cancel", settings.cancel());
		}
	}

	private static void checkId(String key, String template) {
		if (PlaceholderRules.contains(template, "id")) {
			throw new InvalidSettingException(key, "{{id}}",
					"needs request.reply.id, the locator of the id in the reply, or subscription.await, a matcher of the"
							+ " confirmation; '' confirms what was written");
		}
	}

}
