package io.github.resilientws.autoconfigure.config;

import java.util.function.BiFunction;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Ack;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Delivery;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Nack;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * The keys below {@code delivery}.
 */
final class DeliveryKeys {

	private DeliveryKeys() {
	}

	static SettingKeys<Delivery, DeliverySettings> create() {
		return new SettingKeys<Delivery, DeliverySettings>()
			.key("guarantee", Delivery::guarantee, DeliverySettings::guarantee, DeliverySettings::withGuarantee)
			.group("ack", Delivery::ack, DeliverySettings::ack, DeliverySettings::withAck, ack())
			.group("nack", Delivery::nack, DeliverySettings::nack, DeliverySettings::withNack, nack())
			.key("ack-timeout", Delivery::ackTimeout, DeliverySettings::ackTimeout, DeliverySettings::withAckTimeout)
			.key("max-attempts", Delivery::maxAttempts, DeliverySettings::maxAttempts,
					DeliverySettings::withMaxAttempts)
			.key("window", Delivery::window, DeliverySettings::window, DeliverySettings::withWindow)
			.key("id", Delivery::id, DeliverySettings::id, locator("delivery.id", DeliverySettings::withId))
			.secret("envelope", Delivery::envelope, DeliverySettings::envelope, DeliverySettings::withEnvelope)
			.key("id-type", Delivery::idType, DeliverySettings::idType, DeliverySettings::withIdType);
	}

	private static SettingKeys<Ack, DeliverySettings.Ack> ack() {
		return new SettingKeys<Ack, DeliverySettings.Ack>()
			.key("id", Ack::id, DeliverySettings.Ack::id, locator("delivery.ack.id", DeliverySettings.Ack::withId))
			.key("when", DeliverySettings.Ack::when, (ack, settings) -> settings.withWhen(when(ack, settings)));
	}

	// an id alone is a matcher
	private static String when(PropertyFallback<Ack> ack, DeliverySettings.Ack settings) {
		return ack.get(Ack::when, (ack.find(Ack::id) != null) ? "" : settings.when());
	}

	private static SettingKeys<Nack, DeliverySettings.Nack> nack() {
		return new SettingKeys<Nack, DeliverySettings.Nack>()
			.key("when", Nack::when, DeliverySettings.Nack::when, DeliverySettings.Nack::withWhen)
			.key("id", Nack::id, DeliverySettings.Nack::id, locator("delivery.nack.id", DeliverySettings.Nack::withId))
			.key("reason", Nack::reason, DeliverySettings.Nack::reason,
					locator("delivery.nack.reason", DeliverySettings.Nack::withReason));
	}

	private static <S> BiFunction<S, String, S> locator(String key, BiFunction<S, String, S> with) {
		return (settings, text) -> {
			if (text.isBlank()) {
				throw new InvalidSettingException(key, "",
						"must not be empty; allowed is a JSON pointer such as /messageId, or ~ and a regular expression"
								+ " whose group 1 is the value");
			}
			return with.apply(settings, text);
		};
	}

}
