package io.github.resilientws.settings;

/**
 * Rules for {@code cluster.*}.
 */
final class ClusterRules {

	private ClusterRules() {
	}

	static void check(ClusterSettings settings) {
		if (!ClusterSettings.ELECTIONS.contains(settings.election())) {
			throw new InvalidSettingException("cluster.election", Text.printable(settings.election()),
					"is not known; allowed are " + String.join(", ", ClusterSettings.ELECTIONS));
		}
		if (!settings.role().isEmpty() && settings.role().isBlank()) {
			throw new InvalidSettingException("cluster.role", settings.role(),
					"is blank; allowed is the name of a role, or no such key");
		}
	}

}
