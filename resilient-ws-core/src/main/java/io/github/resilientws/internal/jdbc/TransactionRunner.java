package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Runs transactions at the isolation level READ COMMITTED, each on a connection that it
 * borrows. It never joins the transaction of the calling thread. One call at a time.
 */
public final class TransactionRunner {

	private static final Log logger = LogFactory.getLog(TransactionRunner.class);

	/** To ask a driver for the isolation level may take a round trip. */
	private static final long CHECK_NANOS = 5_000_000_000L;

	private final SQLExceptionTranslator exceptionTranslator = new SQLExceptionSubclassTranslator();

	private final DataSource dataSource;

	private boolean otherIsolation = true;

	private long checkedAt;

	/**
	 * Create a runner.
	 * @param dataSource provides the connections, all with the same isolation level
	 */
	public TransactionRunner(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Run one statement as a transaction.
	 * @param <T> the type of the result
	 * @param task a description for exceptions
	 * @param callback runs the statement
	 * @return the result of the callback
	 * @throws CannotGetJdbcConnectionException if no connection is available, so that
	 * nothing was done
	 * @throws DataAccessException if the statement fails
	 */
	public <T> T executeStatement(String task, ConnectionCallback<T> callback) {
		return execute(task, (connection) -> connection.getAutoCommit() ? callback.doInConnection(connection)
				: commit(connection, callback, false));
	}

	/**
	 * Run several statements as one transaction.
	 * @param <T> the type of the result
	 * @param task a description for exceptions
	 * @param callback runs the statements
	 * @return the result of the callback
	 * @throws CannotGetJdbcConnectionException if no connection is available, so that
	 * nothing was done
	 * @throws DataAccessException if a statement or the commit fails
	 */
	public <T> T executeTransaction(String task, ConnectionCallback<T> callback) {
		return execute(task, (connection) -> {
			boolean autoCommit = connection.getAutoCommit();
			if (autoCommit) {
				connection.setAutoCommit(false);
			}
			return commit(connection, callback, autoCommit);
		});
	}

	private <T> T execute(String task, ConnectionCallback<T> callback) {
		Connection connection = borrow();
		int isolation = Connection.TRANSACTION_NONE;
		try {
			isolation = changeIsolation(connection);
			return callback.doInConnection(connection);
		}
		catch (SQLException ex) {
			DataAccessException translated = this.exceptionTranslator.translate(task, null, ex);
			throw (translated != null) ? translated : new UncategorizedSQLException(task, null, ex);
		}
		finally {
			restoreIsolation(connection, isolation);
			release(connection);
		}
	}

	private Connection borrow() {
		try {
			return this.dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("No connection to the database", ex);
		}
		catch (RuntimeException ex) {
			CannotGetJdbcConnectionException failure = new CannotGetJdbcConnectionException(
					"No connection to the database");
			failure.initCause(ex);
			throw failure;
		}
	}

	private void release(Connection connection) {
		try {
			DataSourceUtils.doCloseConnection(connection, this.dataSource);
		}
		catch (SQLException ex) {
			logger.debug("A connection is not closed", ex);
		}
	}

	// returns the level to restore, or TRANSACTION_NONE
	private int changeIsolation(Connection connection) throws SQLException {
		long now = System.nanoTime();
		if (!this.otherIsolation && now - this.checkedAt < CHECK_NANOS) {
			return Connection.TRANSACTION_NONE;
		}
		int isolation = connection.getTransactionIsolation();
		this.checkedAt = now;
		this.otherIsolation = isolation != Connection.TRANSACTION_READ_COMMITTED;
		if (!this.otherIsolation) {
			return Connection.TRANSACTION_NONE;
		}
		connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
		return isolation;
	}

	private static void restoreIsolation(Connection connection, int isolation) {
		if (isolation != Connection.TRANSACTION_NONE) {
			try {
				connection.setTransactionIsolation(isolation);
			}
			catch (SQLException ex) {
				logger.debug("The isolation level of a connection is not restored", ex);
			}
		}
	}

	private static <T> T commit(Connection connection, ConnectionCallback<T> callback, boolean autoCommit)
			throws SQLException {
		T result;
		try {
			result = callback.doInConnection(connection);
			connection.commit();
		}
		catch (SQLException | RuntimeException ex) {
			rollback(connection, ex);
			restoreAutoCommit(connection, autoCommit);
			throw ex;
		}
		// its failure must not look like that of the transaction
		restoreAutoCommit(connection, autoCommit);
		return result;
	}

	private static void rollback(Connection connection, Exception cause) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private static void restoreAutoCommit(Connection connection, boolean autoCommit) {
		if (autoCommit) {
			try {
				connection.setAutoCommit(true);
			}
			catch (SQLException ex) {
				logger.debug("The auto-commit mode of a connection is not restored", ex);
			}
		}
	}

}
