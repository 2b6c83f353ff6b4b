package io.github.resilientws.cluster.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The statements of the election, on a connection that stays open until it is closed
 * here. Each of them may throw a {@link org.springframework.dao.DataAccessException}.
 * Confined to one thread.
 */
final class ElectionTables {

	/** The version of messages that this instance reads. */
	private static final int FORMAT = 1;

	private final DataSource dataSource;

	private final String group;

	private final String lineTable;

	private final String instanceTable;

	private final int timeoutMillis;

	private @Nullable SingleConnectionDataSource connection;

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

	void insertInstance(String instance, String name) {
		jdbc().update(
				"INSERT INTO " + this.instanceTable
						+ " (INSTANCE, GROUP_NAME, BEAT, NAME, FORMAT, LINES_HASH) VALUES (?, ?, 0, ?, ?, 0)",
				instance, this.group, name, FORMAT);
	}

	/**
	 * Renew the lease of an instance.
	 * @param instance id of the instance
	 * @return {@code false} if another instance has declared it dead
	 */
	boolean beat(String instance) {
		return jdbc().update("UPDATE " + this.instanceTable + " SET BEAT = BEAT + 1 WHERE INSTANCE = ?", instance) > 0;
	}

	/**
	 * Declare an instance dead, unless it has renewed its lease.
	 * @param row the instance, as it was seen
	 * @return whether it is dead now
	 */
	boolean deleteInstance(InstanceRow row) {
		return jdbc().update("DELETE FROM " + this.instanceTable + " WHERE INSTANCE = ? AND BEAT = ?", row.instance(),
				row.beat()) > 0;
	}

	/**
	 * Free all lines of an instance, and remove it.
	 * @param instance id of the instance
	 */
	void removeInstance(String instance) {
		jdbc().update("UPDATE " + this.lineTable + " SET OWNER = NULL WHERE OWNER = ?", instance);
		jdbc().update("DELETE FROM " + this.instanceTable + " WHERE INSTANCE = ?", instance);
	}

	/**
	 * Free a line, unless it has a newer owner.
	 * @param line name of the line
	 * @param instance id of the owner
	 * @param fence number of the ownership
	 */
	void freeLine(String line, String instance, long fence) {
		jdbc().update("UPDATE " + this.lineTable + " SET OWNER = NULL WHERE LINE = ? AND OWNER = ? AND FENCE = ?", line,
				instance, fence);
	}

	Map<String, InstanceRow> readInstances() {
		Map<String, InstanceRow> rows = new TreeMap<>();
		jdbc().query("SELECT INSTANCE, NAME, BEAT FROM " + this.instanceTable + " WHERE GROUP_NAME = ?", (results) -> {
			InstanceRow row = new InstanceRow(results.getString(1), results.getString(2), results.getLong(3));
			rows.put(row.instance(), row);
		}, this.group);
		return rows;
	}

	Map<String, LineRow> readLines() {
		Map<String, LineRow> rows = new TreeMap<>();
		String pattern = this.group.replaceAll("[!%_]", "!$0") + "/%";
		jdbc().query("SELECT LINE, OWNER, FENCE, STATE FROM " + this.lineTable + " WHERE LINE LIKE ? ESCAPE '!'",
				(results) -> {
					LineRow row = new LineRow(results.getString(1), results.getString(2), results.getLong(3),
							results.getString(4));
					rows.put(row.line(), row);
				}, pattern);
		return rows;
	}

	/**
	 * Insert lines that were not there.
	 * @param lines the lines
	 * @return {@code false} if another instance has inserted one of them
	 */
	boolean insertLines(List<String> lines) {
		String sql = "INSERT INTO " + this.lineTable + " (LINE, FENCE, NEXT_ID) VALUES (?, 0, 0)";
		JdbcTemplate jdbc = jdbc();
		try {
			transaction().executeWithoutResult((status) -> lines.forEach((line) -> jdbc.update(sql, line)));
			return true;
		}
		catch (DataIntegrityViolationException ex) {
			return false;
		}
	}

	/**
	 * Take lines over.
	 * @param instance id of the instance that takes them
	 * @param rows the lines, as they were seen
	 * @return the lines whose owner had not changed, with the new fence
	 */
	List<LineRow> takeLines(String instance, List<LineRow> rows) {
		// not in a transaction: an instance that is frozen must not keep rows locked
		List<LineRow> taken = new ArrayList<>();
		for (LineRow row : rows) {
			if (take(instance, row) > 0) {
				taken.add(new LineRow(row.line(), instance, row.fence() + 1, null));
			}
		}
		return taken;
	}

	private int take(String instance, LineRow row) {
		String sql = "UPDATE " + this.lineTable
				+ " SET OWNER = ?, FENCE = FENCE + 1, STATE = NULL WHERE LINE = ? AND FENCE = ?";
		return (row.owner() == null) ? jdbc().update(sql + " AND OWNER IS NULL", instance, row.line(), row.fence())
				: jdbc().update(sql + " AND OWNER = ?", instance, row.line(), row.fence(), row.owner());
	}

	/**
	 * Write the states of clients, unless their line has a newer owner.
	 * @param rows lines with their owner and its state
	 */
	void writeStates(List<LineRow> rows) {
		String sql = "UPDATE " + this.lineTable + " SET STATE = ? WHERE LINE = ? AND OWNER = ? AND FENCE = ?";
		jdbc().batchUpdate(sql, rows, rows.size(), (statement, row) -> {
			statement.setString(1, row.state());
			statement.setString(2, row.line());
			statement.setString(3, row.owner());
			statement.setLong(4, row.fence());
		});
	}

	/** Close the connection, if one is open. */
	void disconnect() {
		if (this.connection != null) {
			this.connection.destroy();
			this.connection = null;
		}
	}

	private JdbcTemplate jdbc() {
		return new JdbcTemplate(connection());
	}

	private TransactionTemplate transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(connection()));
	}

	private DataSource connection() {
		SingleConnectionDataSource current = this.connection;
		if (current == null) {
			try {
				Connection opened = this.dataSource.getConnection();
				current = new SingleConnectionDataSource(opened, false);
				this.connection = current;
				opened.setAutoCommit(true);
				opened.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
				limitWaiting(opened);
			}
			catch (SQLException ex) {
				throw new CannotGetJdbcConnectionException("No connection for the election", ex);
			}
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
