package io.github.resilientws.internal.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * How a database finds rows by many message ids.
 */
enum MessageIds {

	/** An array is one parameter. */
	ARRAY("= ANY (?)", 1000),

	/** Databases have a bound for the number of parameters. */
	LIST("IN (" + String.join(", ", Collections.nCopies(100, "?")) + ")", 100);

	private final String condition;

	private final int most;

	MessageIds(String condition, int most) {
		this.condition = condition;
		this.most = most;
	}

	/**
	 * Return the condition for a column.
	 * @return the condition in SQL, with the parameters that {@link #set} sets
	 */
	String condition() {
		return this.condition;
	}

	/**
	 * Split ids so that each part fits into one statement.
	 * @param ids the ids
	 * @return the parts, none of them empty
	 */
	List<List<String>> split(Collection<String> ids) {
		List<String> all = List.copyOf(ids);
		List<List<String>> parts = new ArrayList<>();
		for (int from = 0; from < all.size(); from += this.most) {
			parts.add(all.subList(from, Math.min(from + this.most, all.size())));
		}
		return parts;
	}

	/**
	 * Set the parameters of the condition.
	 * @param statement the statement
	 * @param index index of the first parameter
	 * @param ids a part of the ids
	 * @return index of the next parameter
	 * @throws SQLException if the driver fails
	 */
	int set(PreparedStatement statement, int index, List<String> ids) throws SQLException {
		if (this == ARRAY) {
			statement.setArray(index, statement.getConnection().createArrayOf("varchar", ids.toArray()));
			return index + 1;
		}
		// one text for all sizes, so that the statement is prepared once
		for (int i = 0; i < this.most; i++) {
			statement.setString(index + i, ids.get(Math.min(i, ids.size() - 1)));
		}
		return index + this.most;
	}

}
