package io.github.resilientws.cluster.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The owner of a line, as it stands in the database.
 *
 * @param line name of the line
 * @param owner id of the instance that owns it, or {@code null} if it is free
 * @param fence number of the last ownership
 */
record LineRow(String line, @Nullable String owner, long fence) {

	boolean isOwnedBy(String instance) {
		return instance.equals(this.owner);
	}

}
