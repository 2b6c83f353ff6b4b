package io.github.resilientws.cluster.jdbc;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;

/**
 * The owner of a line, as it stands in the database.
 *
 * @param line name of the line
 * @param owner id of the instance that owns it, or {@code null} if it is free
 * @param fence number of the last ownership
 * @param state state of the owner's client, or {@code null} if the owner has not written
 * it
 */
record LineRow(String line, @Nullable String owner, long fence, @Nullable String state) {

	boolean isOwnedBy(String instance) {
		return instance.equals(this.owner);
	}

	/**
	 * Return the state of the owner's client.
	 * @return the state; {@code null} if it is not there, or one of a later version
	 */
	@Nullable ConnectionState ownerState() {
		for (ConnectionState known : ConnectionState.values()) {
			if (known.name().equals(this.state)) {
				return known;
			}
		}
		return null;
	}

}
