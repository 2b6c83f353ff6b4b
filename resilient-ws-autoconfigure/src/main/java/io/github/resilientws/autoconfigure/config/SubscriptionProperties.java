package io.github.resilientws.autoconfigure.config;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.SubscriptionSettings;

/**
 * Subscriptions, which survive connections.
 *
 * @param send Template of the text message that subscribes.
 * @param await Matcher of the confirmation; if absent, the reply confirms, or without an
 * id in the template the end of the write; if empty, the end of the write.
 * @param cancel Template of the text message that unsubscribes.
 * @param key What names a subscription in messages: destination, id, or a locator in the
 * confirmation.
 * @param messageKey Locator of that name in a message; if absent, messages are not
 * assigned to subscriptions.
 * @param payload Locator of what typed listeners get; the whole message if absent.
 * @param onMessage Messages of a subscription that end or renew it.
 * @param timeout Time in which a subscription must be confirmed.
 */
public record SubscriptionProperties(@Nullable String send, @Nullable String await, @Nullable String cancel,
		@Nullable String key, @Nullable String messageKey, @Nullable String payload,
		@Nullable List<OnMessage> onMessage, @Nullable Duration timeout) {

	// may hold secrets
	@Override
	public String toString() {
		return "SubscriptionProperties";
	}

	/**
	 * A message of a subscription that ends or renews it.
	 *
	 * @param when Matcher of the message.
	 * @param action Action for the subscription.
	 */
	public record OnMessage(@Nullable String when, SubscriptionSettings.@Nullable Action action) {

	}

}
