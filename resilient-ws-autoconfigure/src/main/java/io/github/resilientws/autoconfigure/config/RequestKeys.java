package io.github.resilientws.autoconfigure.config;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Refusal;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Reply;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Request;
import io.github.resilientws.settings.RequestSettings;

/**
 * The keys below {@code request}.
 */
final class RequestKeys {

	private RequestKeys() {
	}

	static SettingKeys<Request, RequestSettings> create() {
		return new SettingKeys<Request, RequestSettings>()
			.secret("send", Request::send, RequestSettings::send, RequestSettings::withSend)
			.group("reply", Request::reply, RequestSettings::reply, RequestSettings::withReply, reply())
			.group("error", Request::error, RequestSettings::error, RequestSettings::withError, refusal())
			.key("id-type", Request::idType, RequestSettings::idType, RequestSettings::withIdType)
			.key("timeout", Request::timeout, RequestSettings::timeout, RequestSettings::withTimeout)
			.key("window", Request::window, RequestSettings::window, RequestSettings::withWindow);
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
