package io.github.resilientws.cluster.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The statements of the election, on a connection that stays open until one of them
 * fails. Confined to one thread.
 */
final class ElectionTables {

	/** The class of SQL states for a violated constraint. */
	private static final String CONSTRAINT_VIOLATION = "23";

	/** The version of messages that this instance reads. */
	private static final int FORMAT = 1;

	private final DataSource dataSource;

	private final String group;

	private final String lineTable;

	private final String instanceTable;

	private final int timeoutMillis;

	private @Nullable Connection connection;

	/**
	 * Create the statements.
	 * @param dataSource provides the connection
	 * @param tablePrefix the prefix of the table names
	 * @param group the group of instances
	 * @param timeout how long to wait for an answer of the database
	 */
	ElectionTables(DataSource dataSource, String tablePrefix, String group, Duration timeout) {
		this.dataSource = dataSource;
		this.group = group;
		this.lineTable = tablePrefix + "LINE";
		this.instanceTable = tablePrefix + "INSTANCE";
		this.timeoutMillis = Math.toIntExact(timeout.toMillis());
	}

	void insertInstance(String instance, String name) throws SQLException {
		update("INSERT INTO " + this.instanceTable
				+ " (INSTANCE, GROUP_NAME, BEAT, NAME, FORMAT, LINES_HASH) VALUES (?, ?, 0, ?, ?, 0)", instance,
				this.group, name, FORMAT);
	}

	/**
	 * Renew the lease of an instance.
	 * @param instance id of the instance
	 * @return {@code false} if another instance has declared it dead
	 * @throws SQLException if the statement fails
	 */
	boolean beat(String instance) throws SQLException {
		return update("UPDATE " + this.instanceTable + " SET BEAT = BEAT + 1 WHERE INSTANCE = ?", instance) > 0;
	}

	/**
	 * Declare an instance dead, unless it has renewed its lease.
	 * @param row the instance, as it was seen
	 * @return whether it is dead now
	 * @throws SQLException if the statement fails
	 */
	boolean deleteInstance(InstanceRow row) throws SQLException {
		return update("DELETE FROM " + this.instanceTable + " WHERE INSTANCE = ? AND BEAT = ?", row.instance(),
				row.beat()) > 0;
	}

	/**
	 * Free all lines of an instance, and remove it.
	 * @param instance id of the instance
	 * @throws SQLException if a statement fails
	 */
	void removeInstance(String instance) throws SQLException {
		update("UPDATE " + this.lineTable + " SET OWNER = NULL WHERE OWNER = ?", instance);
		update("DELETE FROM " + this.instanceTable + " WHERE INSTANCE = ?", instance);
	}

	/**
	 * Free a line, unless it has a newer owner.
	 * @param line name of the line
	 * @param instance id of the owner
	 * @param fence number of the ownership
	 * @throws SQLException if the statement fails
	 */
	void freeLine(String line, String instance, long fence) throws SQLException {
		update("UPDATE " + this.lineTable + " SET OWNER = NULL WHERE LINE = ? AND OWNER = ? AND FENCE = ?", line,
				instance, fence);
	}

	Map<String, InstanceRow> readInstances() throws SQLException {
		String sql = "SELECT INSTANCE, NAME, BEAT FROM " + this.instanceTable + " WHERE GROUP_NAME = ?";
		try (PreparedStatement statement = prepare(sql, this.group); ResultSet results = statement.executeQuery()) {
			Map<String, InstanceRow> rows = new TreeMap<>();
			while (results.next()) {
				rows.put(results.getString(1),
						new InstanceRow(results.getString(1), results.getString(2), results.getLong(3)));
			}
			return rows;
		}
	}

	Map<String, LineRow> readLines() throws SQLException {
		String sql = "SELECT LINE, OWNER, FENCE FROM " + this.lineTable + " WHERE LINE LIKE ? ESCAPE '!'";
		String pattern = this.group.replaceAll("[!%_]", "!$0") + "/%";
		try (PreparedStatement statement = prepare(sql, pattern); ResultSet results = statement.executeQuery()) {
			Map<String, LineRow> rows = new TreeMap<>();
			while (results.next()) {
				rows.put(results.getString(1),
						new LineRow(results.getString(1), results.getString(2), results.getLong(3)));
			}
			return rows;
		}
	}

	/**
	 * Insert lines that were not there.
	 * @param lines the lines
	 * @return {@code false} if another instance has inserted one of them
	 * @throws SQLException if a statement fails
	 */
	boolean insertLines(List<String> lines) throws SQLException {
		Connection current = connection();
		current.setAutoCommit(false);
		String sql = "INSERT INTO " + this.lineTable + " (LINE, FENCE, NEXT_ID) VALUES (?, 0, 0)";
		try (PreparedStatement statement = current.prepareStatement(sql)) {
			for (String line : lines) {
				statement.setString(1, line);
				statement.executeUpdate();
			}
			current.commit();
			current.setAutoCommit(true);
			return true;
		}
		catch (SQLException ex) {
			if (ex.getSQLState() == null || !ex.getSQLState().startsWith(CONSTRAINT_VIOLATION)) {
				throw ex;
			}
			current.rollback();
			current.setAutoCommit(true);
			return false;
		}
	}

	/**
	 * Take lines over, in one transaction.
	 * @param instance id of the instance that takes them
	 * @param rows the lines, as they were seen
	 * @return the lines whose owner had not changed, with the new fence
	 * @throws SQLException if a statement fails
	 */
	List<LineRow> takeLines(String instance, List<LineRow> rows) throws SQLException {
		Connection current = connection();
		current.setAutoCommit(false);
		List<LineRow> taken = new ArrayList<>();
		for (LineRow row : rows) {
			if (take(instance, row) > 0) {
				taken.add(new LineRow(row.line(), instance, row.fence() + 1));
			}
		}
		current.commit();
		current.setAutoCommit(true);
		return taken;
	}

	private int take(String instance, LineRow row) throws SQLException {
		String sql = "UPDATE " + this.lineTable + " SET OWNER = ?, FENCE = FENCE + 1 WHERE LINE = ? AND FENCE = ?";
		return (row.owner() == null) ? update(sql + " AND OWNER IS NULL", instance, row.line(), row.fence())
				: update(sql + " AND OWNER = ?", instance, row.line(), row.fence(), row.owner());
	}

	/** Close the connection, if one is open. */
	void disconnect() {
		JdbcUtils.closeConnection(this.connection);
		this.connection = null;
	}

	private int update(String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = prepare(sql, values)) {
			return statement.executeUpdate();
		}
	}

	private PreparedStatement prepare(String sql, Object... values) throws SQLException {
		PreparedStatement statement = connection().prepareStatement(sql);
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		return statement;
	}

	private Connection connection() throws SQLException {
		Connection current = this.connection;
		if (current == null) {
			current = this.dataSource.getConnection();
			this.connection = current;
			current.setAutoCommit(true);
			current.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			limitWaiting(current);
		}
		return current;
	}

	// a query time-out does not end the wait for a database that has disappeared
	private void limitWaiting(Connection opened) throws SQLException {
		try {
			opened.setNetworkTimeout(Runnable::run, this.timeoutMillis);
		}
		catch (SQLFeatureNotSupportedException ex) {
			// the settings of the driver decide
		}
	}

}
