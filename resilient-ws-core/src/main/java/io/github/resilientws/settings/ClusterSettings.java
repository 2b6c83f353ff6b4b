package io.github.resilientws.settings;

import java.util.List;

/**
 * Which of several instances of an application connects a client.
 *
 * @param mode which instances connect; by default {@code EACH}
 * @param election name of the election, for {@code ONE}: {@code jdbc} or {@code events};
 * by default {@code jdbc}
 * @param role role in the election {@code events}; empty for the name of the client; by
 * default empty
 * @since 0.1
 */
public record ClusterSettings(Mode mode, String election, String role) {

	/** Each instance has a connection of its own. */
	public static final ClusterSettings DEFAULTS = new ClusterSettings(Mode.EACH, "jdbc", "");

	/** Names of the elections. */
	public static final List<String> ELECTIONS = List.of("events", "jdbc");

	/**
	 * Return a copy with the given {@code mode}.
	 * @param mode which instances connect
	 * @return the copy
	 */
	public ClusterSettings withMode(Mode mode) {
		return new ClusterSettings(mode, this.election, this.role);
	}

	/**
	 * Return a copy with the given {@code election}.
	 * @param election name of the election, for {@code ONE}: {@code jdbc} or
	 * {@code events}
	 * @return the copy
	 */
	public ClusterSettings withElection(String election) {
		return new ClusterSettings(this.mode, election, this.role);
	}

	/**
	 * Return a copy with the given {@code role}.
	 * @param role role in the election {@code events}; empty for the name of the client
	 * @return the copy
	 */
	public ClusterSettings withRole(String role) {
		return new ClusterSettings(this.mode, this.election, role);
	}

	/**
	 * Which instances connect.
	 */
	public enum Mode {

		/** Each instance has its own connection and outbox. */
		EACH,

		/** One instance at a time connects; the others stand by. */
		ONE

	}

}
