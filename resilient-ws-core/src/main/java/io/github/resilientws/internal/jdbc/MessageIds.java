package io.github.resilientws.internal.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * How a database finds rows of a line by many message ids.
 */
enum MessageIds {

	/** An array is one parameter. */
	ARRAY("LINE = ? AND MESSAGE_ID = ANY (?)", 1000),

	/** Databases have a bound for the number of parameters. */
	LIST("LINE = ? AND MESSAGE_ID IN (%s)".formatted(parameters("?")), 100),

	/** H2 uses an index of two columns for a list only if it is a list of both. */
	PAIRS("(LINE, MESSAGE_ID) IN (%s)".formatted(parameters("(?, ?)")), 100);

	private final String condition;

	private final int most;

	MessageIds(String condition, int most) {
		this.condition = condition;
		this.most = most;
	}

	private static String parameters(String one) {
		return String.join(", ", Collections.nCopies(100, one));
	}

	/**
	 * Return the condition.
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
	 * @param line the line
	 * @param ids a part of the ids
	 * @return index of the next parameter
	 * @throws SQLException if the driver fails
	 */
	int set(PreparedStatement statement, int index, String line, List<String> ids) throws SQLException {
		int next = index;
		if (this != PAIRS) {
			statement.setString(next++, line);
		}
		if (this == ARRAY) {
			statement.setArray(next++, statement.getConnection().createArrayOf("varchar", ids.toArray()));
			return next;
		}
		// one text for all sizes, so that the statement is prepared once
		for (int i = 0; i < this.most; i++) {
			if (this == PAIRS) {
				statement.setString(next++, line);
			}
			statement.setString(next++, ids.get(Math.min(i, ids.size() - 1)));
		}
		return next;
	}

}
