package io.github.resilientws.settings;

import io.github.resilientws.settings.StoreSettings.Kind;

/**
 * Rules for {@code cluster.*}.
 */
final class ClusterRules {

	private ClusterRules() {
	}

	static void check(ClusterSettings settings, StoreSettings store) {
		if (!ClusterSettings.ELECTIONS.contains(settings.election())) {
			throw new InvalidSettingException("cluster.election", Text.printable(settings.election()),
					"is not known; allowed are " + String.join(", ", ClusterSettings.ELECTIONS));
		}
		if (store.kind() == Kind.JDBC && settings.election().equals("events")) {
			throw new InvalidSettingException("cluster.election", "events",
					"is not allowed with queue.store jdbc, which needs the numbers of the owners; allowed is jdbc");
		}
		if (!settings.role().isEmpty() && settings.role().isBlank()) {
			throw new InvalidSettingException("cluster.role", settings.role(),
					"is blank; allowed is the name of a role, or no such key");
		}
	}

}
