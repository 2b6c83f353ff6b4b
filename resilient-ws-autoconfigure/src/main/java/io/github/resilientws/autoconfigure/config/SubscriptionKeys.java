package io.github.resilientws.autoconfigure.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.SubscriptionSettings;
import io.github.resilientws.settings.SubscriptionSettings.OnMessage;

/**
 * The keys below {@code subscription}.
 */
final class SubscriptionKeys {

	private SubscriptionKeys() {
	}

	static SettingKeys<SubscriptionProperties, SubscriptionSettings> create() {
		return new SettingKeys<SubscriptionProperties, SubscriptionSettings>()
			.secret("send", SubscriptionProperties::send, SubscriptionSettings::send, SubscriptionSettings::withSend)
			.key("await", SubscriptionProperties::await, SubscriptionKeys::await, SubscriptionSettings::withAwait)
			.secret("cancel", SubscriptionProperties::cancel, SubscriptionSettings::cancel,
					SubscriptionSettings::withCancel)
			.key("key", SubscriptionProperties::key, SubscriptionSettings::key, SubscriptionSettings::withKey)
			.key("message-key", SubscriptionProperties::messageKey, SubscriptionSettings::messageKey,
					SubscriptionSettings::withMessageKey)
			.key("payload", SubscriptionProperties::payload, SubscriptionSettings::payload,
					SubscriptionSettings::withPayload)
			.key("on-message", SubscriptionSettings::onMessage, SubscriptionKeys::view, (properties, settings) -> {
				List<SubscriptionProperties.OnMessage> rules = properties.find(SubscriptionProperties::onMessage);
				return (rules != null) ? settings.withOnMessage(read(rules)) : settings;
			})
			.key("timeout", SubscriptionProperties::timeout, SubscriptionSettings::timeout,
					SubscriptionSettings::withTimeout);
	}

	// absent differs from empty, but the endpoint shows neither
	private static String await(SubscriptionSettings settings) {
		return (settings.await() != null) ? settings.await() : "";
	}

	private static List<OnMessage> read(List<SubscriptionProperties.OnMessage> rules) {
		List<OnMessage> result = new ArrayList<>();
		for (int i = 0; i < rules.size(); i++) {
			SubscriptionProperties.OnMessage rule = rules.get(i);
			if (rule.action() == null) {
				throw new InvalidSettingException("subscription.on-message[" + i + "].action", "",
						"is missing; allowed are end, fail and renew");
			}
			result.add(new OnMessage(ClientKeys.text(rule.when()), rule.action()));
		}
		return result;
	}

	private static List<Map<String, Object>> view(List<OnMessage> rules) {
		List<Map<String, Object>> view = new ArrayList<>();
		for (OnMessage rule : rules) {
			Map<String, Object> shown = new LinkedHashMap<>();
			shown.put("when", SettingsView.show(rule.when()));
			shown.put("action", SettingsView.show(rule.action()));
			view.add(shown);
		}
		return view;
	}

}
