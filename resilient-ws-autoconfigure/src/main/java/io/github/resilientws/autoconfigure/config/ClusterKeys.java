package io.github.resilientws.autoconfigure.config;

import io.github.resilientws.settings.ClusterSettings;

/**
 * The keys below {@code cluster}.
 */
final class ClusterKeys {

	private ClusterKeys() {
	}

	static SettingKeys<ClusterProperties, ClusterSettings> create() {
		return new SettingKeys<ClusterProperties, ClusterSettings>()
			.key("mode", ClusterProperties::mode, ClusterSettings::mode, ClusterSettings::withMode)
			.key("election", ClusterProperties::election, ClusterSettings::election, ClusterSettings::withElection)
			.key("role", ClusterProperties::role, ClusterSettings::role, ClusterSettings::withRole);
	}

}
