package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Ack;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Delivery;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Nack;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * Lays {@code delivery.*} of a client over the defaults and those over what is built in.
 */
final class DeliveryProperties {

	private DeliveryProperties() {
	}

	static DeliverySettings resolve(PropertyFallback<Delivery> delivery) {
		DeliverySettings builtIn = DeliverySettings.DEFAULTS;
		PropertyFallback<Ack> ack = delivery.at(Delivery::ack);
		PropertyFallback<Nack> nack = delivery.at(Delivery::nack);
		String ackId = locator("delivery.ack.id", ack.find(Ack::id));
		return new DeliverySettings(delivery.get(Delivery::guarantee, builtIn.guarantee()),
				ack.get(Ack::when, ackId.isEmpty() ? builtIn.ackWhen() : ""), ackId.isEmpty() ? builtIn.ackId() : ackId,
				nack.get(Nack::when, builtIn.nackWhen()), locator("delivery.nack.id", nack.find(Nack::id)),
				locator("delivery.nack.reason", nack.find(Nack::reason)),
				delivery.get(Delivery::ackTimeout, builtIn.ackTimeout()),
				delivery.get(Delivery::maxAttempts, builtIn.maxAttempts()),
				delivery.get(Delivery::window, builtIn.window()), locator("delivery.id", delivery.find(Delivery::id)),
				delivery.get(Delivery::envelope, builtIn.envelope()), delivery.get(Delivery::idType, builtIn.idType()));
	}

	private static String locator(String key, @Nullable String text) {
		if (text != null && text.isBlank()) {
			throw new InvalidSettingException(key, "",
					"must not be empty; allowed is a JSON pointer such as /messageId, or ~ and a regular expression"
							+ " whose group 1 is the value");
		}
		return (text != null) ? text : "";
	}

}
