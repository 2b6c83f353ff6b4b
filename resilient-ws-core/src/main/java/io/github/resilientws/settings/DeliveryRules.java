package io.github.resilientws.settings;

/**
 * Rules for {@code delivery.*}.
 */
final class DeliveryRules {

	private static final int LARGEST_WINDOW = 65_536;

	private DeliveryRules() {
	}

	static void check(DeliverySettings settings) {
		DurationRules.check("delivery.ack-timeout", settings.ackTimeout());
		NumberRules.atLeast("delivery.max-attempts", settings.maxAttempts(), 1);
		NumberRules.between("delivery.window", settings.window(), 1, LARGEST_WINDOW);
		if (settings.ack().id().isEmpty()) {
			throw new InvalidSettingException("delivery.ack.id", "",
					"is missing; it must locate the id in acknowledgements, for example /messageId");
		}
		if (!settings.nack().reason().isEmpty() && settings.nack().when().isEmpty() && settings.nack().id().isEmpty()) {
			throw new InvalidSettingException("delivery.nack.reason", settings.nack().reason(),
					"is only used with delivery.nack.when or delivery.nack.id");
		}
		if (settings.nack().when().isEmpty() && settings.nack().id().equals(settings.ack().id())) {
			throw new InvalidSettingException("delivery.nack.id", settings.nack().id(),
					"is the place of delivery.ack.id, too: without delivery.nack.when every acknowledgement would be"
							+ " negative");
		}
		if (settings.id().isEmpty()) {
			if (settings.isAtLeastOnce()) {
				requirePlace(settings.envelope(), "id");
			}
			if (settings.isAtLeastOnce() || !settings.envelope().isEmpty()) {
				requirePlace(settings.envelope(), "payload");
			}
		}
	}

	private static void requirePlace(String envelope, String name) {
		if (!PlaceholderRules.contains(envelope, name)) {
			// the envelope is not shown, since it may hold a secret
			throw new InvalidSettingException("delivery.envelope", "", "must contain {{" + name
					+ "}}; payloads with an id of their own need no envelope if delivery.id locates it");
		}
	}

}
