package io.github.resilientws.internal.jdbc;

import java.util.List;

import org.springframework.dao.DataAccessException;

/**
 * The message table, as one instance sees it for one line. Each call is a transaction of
 * its own.
 */
public interface MessageTable {

	/**
	 * Delete rows, and insert others: all of these or none. If the insertion fails, the
	 * deletion may be committed nevertheless.
	 * @param inserted the rows to insert, in the order of their positions to be
	 * @param deleted the rows to delete; those that do not exist are ignored
	 * @return the positions of the inserted rows
	 * @throws DataAccessException if the database fails; the write may be committed
	 */
	WriteResult write(List<MessageRow> inserted, List<RowKey> deleted);

	/**
	 * Read rows in one statement with a snapshot of its own.
	 * @param after the position after which the rows begin
	 * @param limit how many rows at most
	 * @param own whether to include rows that this instance inserted outside of
	 * transactions, and the payloads of those that it inserted in transactions
	 * @return the rows
	 * @throws DataAccessException if the database fails
	 */
	TableSnapshot read(long after, int limit, boolean own);

}
