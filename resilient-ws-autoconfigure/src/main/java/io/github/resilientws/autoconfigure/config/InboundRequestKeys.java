package io.github.resilientws.autoconfigure.config;

import io.github.resilientws.settings.InboundRequestSettings;

/**
 * The keys below {@code inbound.request}.
 */
final class InboundRequestKeys {

	private InboundRequestKeys() {
	}

	static SettingKeys<InboundRequestProperties, InboundRequestSettings> create() {
		return new SettingKeys<InboundRequestProperties, InboundRequestSettings>()
			.key("when", InboundRequestProperties::when, InboundRequestSettings::when, InboundRequestSettings::withWhen)
			.secret("reply", InboundRequestProperties::reply, InboundRequestSettings::reply,
					InboundRequestSettings::withReply)
			.secret("error", InboundRequestProperties::error, InboundRequestSettings::error,
					InboundRequestSettings::withError)
			.secret("unhandled", InboundRequestProperties::unhandled, InboundRequestSettings::unhandled,
					InboundRequestSettings::withUnhandled)
			.key("timeout", InboundRequestProperties::timeout, InboundRequestSettings::timeout,
					InboundRequestSettings::withTimeout);
	}

}
