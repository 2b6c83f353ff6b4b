package io.github.resilientws.internal.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;

/**
 * Inserts the messages of a transaction of the application.
 */
public interface TransactionalRows {

	/**
	 * Check whether a message fits into the table, so that it does not fail a
	 * transaction.
	 * @param message the message
	 * @return why it does not, or {@code null}
	 */
	@Nullable String check(OutboxRecord message);

	/**
	 * Insert messages on the connection of a transaction. It neither commits nor rolls
	 * back. Called on the thread of the transaction.
	 * @param connection the connection
	 * @param messages the messages, in the order of their positions to be
	 * @return the positions by message id, without those that an unfinished message has
	 * @throws SQLException if the insert fails
	 */
	Map<String, Long> insert(Connection connection, List<OutboxRecord> messages) throws SQLException;

}
