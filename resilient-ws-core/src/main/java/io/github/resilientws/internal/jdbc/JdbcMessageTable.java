package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Runs the statements of a {@link MessageTable} on connections that it borrows for one
 * call. It never joins the transaction of the calling thread.
 */
public abstract class JdbcMessageTable implements MessageTable {

	static final String COLUMNS = "POSITION, MESSAGE_ID, ORIGIN, FORMAT, MESSAGE_KEY, ACCEPTED, EXPIRES, IS_TEXT";

	/** Equals the origin of no row. Not empty, because Oracle reads that as null. */
	private static final String NO_ORIGIN = "-";

	private final SQLExceptionTranslator exceptionTranslator = new SQLExceptionSubclassTranslator();

	private final DataSource dataSource;

	private final String line;

	private final String origin;

	/**
	 * Create a table.
	 * @param dataSource provides the connections
	 * @param line the line whose rows are written and read
	 * @param origin the id of this instance
	 */
	JdbcMessageTable(DataSource dataSource, String line, String origin) {
		this.dataSource = dataSource;
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

	final String line() {
		return this.line;
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
		return execute(task, (connection) -> connection.getAutoCommit() ? callback.doInConnection(connection)
				: commit(connection, callback, false));
	}

	/**
	 * Run several statements as one transaction.
	 * @param <T> the type of the result
	 * @param task a description for exceptions
	 * @param callback runs the statements
	 * @return the result of the callback
	 */
	final <T> T executeTransaction(String task, ConnectionCallback<T> callback) {
		return execute(task, (connection) -> {
			boolean autoCommit = connection.getAutoCommit();
			if (autoCommit) {
				connection.setAutoCommit(false);
			}
			return commit(connection, callback, autoCommit);
		});
	}

	private <T> T execute(String task, ConnectionCallback<T> callback) {
		try (Connection connection = this.dataSource.getConnection()) {
			return callback.doInConnection(connection);
		}
		catch (SQLException ex) {
			throw translate(task, ex);
		}
	}

	private DataAccessException translate(String task, SQLException ex) {
		DataAccessException translated = this.exceptionTranslator.translate(task, null, ex);
		return (translated != null) ? translated : new UncategorizedSQLException(task, null, ex);
	}

	private static <T> T commit(Connection connection, ConnectionCallback<T> callback, boolean autoCommit)
			throws SQLException {
		try {
			T result = callback.doInConnection(connection);
			connection.commit();
			restore(connection, autoCommit);
			return result;
		}
		catch (SQLException | RuntimeException ex) {
			rollback(connection, autoCommit, ex);
			throw ex;
		}
	}

	private static void rollback(Connection connection, boolean autoCommit, Exception cause) {
		try {
			connection.rollback();
			restore(connection, autoCommit);
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private static void restore(Connection connection, boolean autoCommit) throws SQLException {
		if (autoCommit) {
			connection.setAutoCommit(true);
		}
	}

}
