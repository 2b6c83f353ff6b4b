package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * Runs the statements of a {@link MessageTable} on connections that it borrows for one
 * call. It never joins the transaction of the calling thread.
 */
public abstract class JdbcMessageTable implements MessageTable {

	static final String COLUMNS = "POSITION, MESSAGE_ID, ORIGIN, FORMAT, MESSAGE_KEY, ACCEPTED, EXPIRES, IS_TEXT";

	/** Equals the origin of no row. Not empty, because Oracle reads that as null. */
	private static final String NO_ORIGIN = "-";

	private final TransactionRunner transactions;

	private final String table;

	private final String line;

	private final String origin;

	/**
	 * Create a table.
	 * @param dataSource provides the connections
	 * @param table the name of the table
	 * @param line the line whose rows are written and read
	 * @param origin the id of this instance
	 */
	JdbcMessageTable(DataSource dataSource, String table, String line, String origin) {
		this.transactions = new TransactionRunner(dataSource);
		this.table = table;
		this.line = line;
		this.origin = origin;
	}

	/**
	 * Insert rows in the current transaction of a connection. A message id that is
	 * already in the table does not harm the transaction.
	 * @param connection the connection
	 * @param rows the rows, in the order of their positions to be
	 * @return the positions by message id, without those that were already in the table
	 * @throws SQLException if the insert fails
	 */
	public abstract Map<String, Long> insert(Connection connection, List<MessageRow> rows) throws SQLException;

	/**
	 * Return how rows are found by their ids.
	 * @return the kind of condition
	 */
	abstract MessageIds ids();

	/**
	 * Return whether a statement can insert the rows that it deletes elsewhere.
	 * @return whether {@code DELETE … RETURNING} is allowed in a common table expression
	 */
	boolean returnsDeletedRows() {
		return false;
	}

	/**
	 * Read the clock of the database in the current transaction of a connection.
	 * @param connection the connection
	 * @return milliseconds since the epoch
	 * @throws SQLException if the statement fails
	 */
	public abstract long readClock(Connection connection) throws SQLException;

	/**
	 * Read the clock of the database.
	 * @return milliseconds since the epoch
	 * @throws DataAccessException if the database fails
	 */
	public long readClock() {
		return executeStatement("Read the clock", this::readClock);
	}

	/**
	 * Find messages that this instance inserted, in transactions or outside of them.
	 * @param messageIds their ids
	 * @return the positions of those that are in the table, by id
	 * @throws DataAccessException if the database fails
	 */
	public Map<String, Long> findOwn(Collection<String> messageIds) {
		Map<String, Long> positions = new HashMap<>();
		String sql = "SELECT MESSAGE_ID, POSITION FROM " + this.table + " WHERE " + ids().condition()
				+ " AND ORIGIN IN (?, ?)";
		query(sql, messageIds, (results) -> positions.put(results.getString(1), results.getLong(2)));
		return positions;
	}

	/**
	 * Read the payloads of messages that this instance inserted.
	 * @param messageIds ids of the messages
	 * @return the payloads of those that are in the table, by id
	 * @throws DataAccessException if the database fails
	 */
	public Map<String, byte[]> readPayloads(Collection<String> messageIds) {
		Map<String, byte[]> payloads = new HashMap<>();
		String sql = "SELECT MESSAGE_ID, PAYLOAD FROM " + this.table + " WHERE " + ids().condition()
				+ " AND ORIGIN IN (?, ?)";
		query(sql, messageIds, (results) -> payloads.put(results.getString(1), results.getBytes(2)));
		return payloads;
	}

	private void query(String sql, Collection<String> messageIds, RowReader reader) {
		for (List<String> part : ids().split(messageIds)) {
			executeStatement("Find messages", (connection) -> {
				try (PreparedStatement statement = connection.prepareStatement(sql)) {
					int index = ids().set(statement, 1, this.line, part);
					statement.setString(index++, this.origin);
					statement.setString(index, this.origin + MessageRow.TRANSACTIONAL);
					try (ResultSet results = statement.executeQuery()) {
						while (results.next()) {
							reader.read(results);
						}
					}
				}
				return true;
			});
		}
	}

	/**
	 * Count the messages of the line.
	 * @param most where to stop counting
	 * @return their number, and the sum of their payloads in bytes
	 * @throws DataAccessException if the database fails
	 */
	public long[] count(int most) {
		String sql = "SELECT COUNT(*), COALESCE(SUM(OCTET_LENGTH(PAYLOAD)), 0) FROM (SELECT PAYLOAD FROM " + this.table
				+ " WHERE LINE = ? LIMIT ?) M";
		return executeStatement("Count messages", (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setString(1, this.line);
				statement.setInt(2, most);
				try (ResultSet results = statement.executeQuery()) {
					results.next();
					return new long[] { results.getLong(1), results.getLong(2) };
				}
			}
		});
	}

	final String line() {
		return this.line;
	}

	final String origin() {
		return this.origin;
	}

	/**
	 * Set the parameters for the payload's origin, the line, the position and the origin
	 * that is left out.
	 * @param statement the statement
	 * @param after the position after which the rows begin
	 * @param own whether to include rows of this instance
	 * @throws SQLException if the driver fails
	 */
	final void setReadParameters(PreparedStatement statement, long after, boolean own) throws SQLException {
		statement.setString(1, (own) ? NO_ORIGIN : this.origin + MessageRow.TRANSACTIONAL);
		statement.setString(2, this.line);
		statement.setLong(3, after);
		statement.setString(4, (own) ? NO_ORIGIN : this.origin);
	}

	static MessageRow toRow(ResultSet results) throws SQLException {
		return new MessageRow(results.getLong("POSITION"), results.getString("MESSAGE_ID"), results.getString("ORIGIN"),
				results.getInt("FORMAT"), results.getString("MESSAGE_KEY"), results.getLong("ACCEPTED"),
				results.getLong("EXPIRES"), results.getBoolean("IS_TEXT"), results.getBytes("PAYLOAD"));
	}

	/**
	 * Run one statement as a transaction.
	 * @param <T> the type of the result
	 * @param task a description for exceptions
	 * @param callback runs the statement
	 * @return the result of the callback
	 */
	final <T> T executeStatement(String task, ConnectionCallback<T> callback) {
		return this.transactions.executeStatement(task, callback);
	}

	/**
	 * Run several statements as one transaction.
	 * @param <T> the type of the result
	 * @param task a description for exceptions
	 * @param callback runs the statements
	 * @return the result of the callback
	 */
	final <T> T executeTransaction(String task, ConnectionCallback<T> callback) {
		return this.transactions.executeTransaction(task, callback);
	}

	/** Reads one row of a result. */
	@FunctionalInterface
	private interface RowReader {

		void read(ResultSet results) throws SQLException;

	}

}
