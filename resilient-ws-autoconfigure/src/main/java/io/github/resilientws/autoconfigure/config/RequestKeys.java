package io.github.resilientws.autoconfigure.config;

import io.github.resilientws.autoconfigure.config.RequestProperties.Refusal;
import io.github.resilientws.autoconfigure.config.RequestProperties.Reply;
import io.github.resilientws.settings.RequestSettings;

/**
 * The keys below {@code request}.
 */
final class RequestKeys {

	private RequestKeys() {
	}

	static SettingKeys<RequestProperties, RequestSettings> create() {
		return new SettingKeys<RequestProperties, RequestSettings>()
			.secret("send", RequestProperties::send, RequestSettings::send, RequestSettings::withSend)
			.group("reply", RequestProperties::reply, RequestSettings::reply, RequestSettings::withReply, reply())
			.group("error", RequestProperties::error, RequestSettings::error, RequestSettings::withError, refusal())
			.key("id-type", RequestProperties::idType, RequestSettings::idType, RequestSettings::withIdType)
			.key("timeout", RequestProperties::timeout, RequestSettings::timeout, RequestSettings::withTimeout)
			.key("window", RequestProperties::window, RequestSettings::window, RequestSettings::withWindow);
	}

	private static SettingKeys<Reply, RequestSettings.Reply> reply() {
		return new SettingKeys<Reply, RequestSettings.Reply>()
			.key("when", Reply::when, RequestSettings.Reply::when, RequestSettings.Reply::withWhen)
			.key("id", Reply::id, RequestSettings.Reply::id, RequestSettings.Reply::withId)
			.key("payload", Reply::payload, RequestSettings.Reply::payload, RequestSettings.Reply::withPayload);
	}

	private static SettingKeys<Refusal, RequestSettings.Reply> refusal() {
		return new SettingKeys<Refusal, RequestSettings.Reply>()
			.key("when", Refusal::when, RequestSettings.Reply::when, RequestSettings.Reply::withWhen)
			.key("id", Refusal::id, RequestSettings.Reply::id, RequestSettings.Reply::withId)
			.key("payload", Refusal::payload, RequestSettings.Reply::payload, RequestSettings.Reply::withPayload);
	}

}
