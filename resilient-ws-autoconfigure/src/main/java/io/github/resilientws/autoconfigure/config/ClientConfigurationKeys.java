package io.github.resilientws.autoconfigure.config;

import java.time.Duration;

import io.github.resilientws.autoconfigure.config.ClientConfiguration.HealthSettings;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Health;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Ssl;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * The keys of a client that the auto-configuration follows.
 */
final class ClientConfigurationKeys {

	private static final Duration SHORTEST = Duration.ofMillis(100);

	static final SettingKeys<Client, ClientConfiguration> ALL = create();

	private ClientConfigurationKeys() {
	}

	private static SettingKeys<Client, ClientConfiguration> create() {
		return new SettingKeys<Client, ClientConfiguration>()
			.key("auto-startup", Client::autoStartup, ClientConfiguration::autoStartup,
					ClientConfiguration::withAutoStartup)
			.key("protocol", Client::protocol, ClientConfiguration::protocol, ClientConfiguration::withProtocol)
			.key("publish-messages", Client::publishMessages, ClientConfiguration::publishMessages,
					ClientConfiguration::withPublishMessages)
			.key("transport", Client::transport, ClientConfiguration::transport, ClientConfiguration::withTransport)
			.group("ssl", Client::ssl, ssl())
			.group("health", Client::health, ClientConfiguration::health, ClientConfiguration::withHealth, health());
	}

	private static SettingKeys<Ssl, ClientConfiguration> ssl() {
		return new SettingKeys<Ssl, ClientConfiguration>().key("bundle", Ssl::bundle, ClientConfiguration::sslBundle,
				ClientConfiguration::withSslBundle);
	}

	private static SettingKeys<Health, HealthSettings> health() {
		return new SettingKeys<Health, HealthSettings>()
			.key("grace-period", Health::gracePeriod, HealthSettings::gracePeriod,
					(settings, period) -> settings.withGracePeriod(checked(period)))
			.key("critical", Health::critical, HealthSettings::critical, HealthSettings::withCritical);
	}

	private static Duration checked(Duration period) {
		if (!period.isZero() && period.compareTo(SHORTEST) < 0) {
			throw new InvalidSettingException("health.grace-period", period.toMillis() + "ms",
					(period.isNegative() ? "must not be negative"
							: "is the unit missing? A number alone is milliseconds")
							+ "; allowed is 0 or at least 100ms");
		}
		return period;
	}

}
