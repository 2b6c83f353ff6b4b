package io.github.resilientws.internal.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/**
 * The message table in SQL that most databases understand. They do not say which
 * transactions have ended, so all ids of transactions are 0.
 */
public final class GenericMessageTable extends JdbcMessageTable {

	/** How many ids a statement names at most; several databases have a bound. */
	private static final int MOST_IDS = 100;

	/** The class of SQL states for a violated constraint. */
	private static final String CONSTRAINT_VIOLATION = "23";

	private final String table;

	private final String insertStatement;

	private final String deleteStatement;

	private final String readStatement;

	/**
	 * Create a table.
	 * @param dataSource provides the connections
	 * @param tablePrefix the prefix of the table names
	 * @param line the line whose rows are written and read
	 * @param origin the id of this instance
	 */
	public GenericMessageTable(DataSource dataSource, String tablePrefix, String line, String origin) {
		super(dataSource, tablePrefix + "MESSAGE", line, origin);
		this.table = tablePrefix + "MESSAGE";
		this.insertStatement = """
				INSERT INTO %1$s (LINE, MESSAGE_ID, ORIGIN, FORMAT, MESSAGE_KEY, ACCEPTED, EXPIRES, IS_TEXT, PAYLOAD)
				SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? FROM DUAL
				WHERE NOT EXISTS (SELECT 1 FROM %1$s WHERE LINE = ? AND MESSAGE_ID = ?)
				""".formatted(this.table);
		this.deleteStatement = "DELETE FROM %s WHERE LINE = ? AND POSITION = ? AND MESSAGE_ID = ?"
			.formatted(this.table);
		this.readStatement = """
				SELECT %s, CASE WHEN ORIGIN = ? THEN NULL ELSE PAYLOAD END AS PAYLOAD
				FROM %s WHERE LINE = ? AND POSITION > ? AND ORIGIN <> ? ORDER BY POSITION
				""".formatted(COLUMNS, this.table);
	}

	@Override
	MessageIds ids() {
		return MessageIds.LIST;
	}

	@Override
	long readClock(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT CURRENT_TIMESTAMP(3) FROM DUAL");
				ResultSet results = statement.executeQuery()) {
			results.next();
			return results.getTimestamp(1).getTime();
		}
	}

	@Override
	public Map<String, Long> insert(Connection connection, List<MessageRow> rows) throws SQLException {
		List<String> inserted = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(this.insertStatement)) {
			int done = 0;
			while (done < rows.size()) {
				List<MessageRow> batch = rows.subList(done, rows.size());
				int[] counts = insertBatch(statement, batch);
				for (int i = 0; i < counts.length; i++) {
					if (counts[i] > 0) {
						inserted.add(batch.get(i).messageId());
					}
				}
				// a driver that stops at a failure leaves out the failed row and those
				// after it
				done += Math.min(counts.length + 1, batch.size());
			}
		}
		return readPositions(connection, inserted);
	}

	private int[] insertBatch(PreparedStatement statement, List<MessageRow> rows) throws SQLException {
		for (MessageRow row : rows) {
			statement.setString(1, line());
			statement.setString(2, row.messageId());
			statement.setString(3, row.origin());
			statement.setInt(4, row.format());
			statement.setString(5, row.messageKey());
			statement.setLong(6, row.accepted());
			statement.setLong(7, row.expires());
			statement.setBoolean(8, row.isText());
			statement.setBytes(9, row.payload());
			statement.setString(10, line());
			statement.setString(11, row.messageId());
			statement.addBatch();
		}
		try {
			return statement.executeBatch();
		}
		catch (BatchUpdateException ex) {
			for (SQLException cause = ex; cause != null; cause = cause.getNextException()) {
				if (cause.getSQLState() == null || !cause.getSQLState().startsWith(CONSTRAINT_VIOLATION)) {
					throw ex;
				}
			}
			return ex.getUpdateCounts();
		}
	}

	private Map<String, Long> readPositions(Connection connection, List<String> messageIds) throws SQLException {
		Map<String, Long> positions = new HashMap<>();
		for (int from = 0; from < messageIds.size(); from += MOST_IDS) {
			List<String> some = messageIds.subList(from, Math.min(from + MOST_IDS, messageIds.size()));
			String sql = "SELECT MESSAGE_ID, POSITION FROM %s WHERE LINE = ? AND MESSAGE_ID IN (%s)"
				.formatted(this.table, String.join(", ", Collections.nCopies(some.size(), "?")));
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setString(1, line());
				for (int i = 0; i < some.size(); i++) {
					statement.setString(i + 2, some.get(i));
				}
				try (ResultSet results = statement.executeQuery()) {
					while (results.next()) {
						positions.put(results.getString(1), results.getLong(2));
					}
				}
			}
		}
		return positions;
	}

	@Override
	public WriteResult write(List<MessageRow> inserted, List<RowKey> deleted) {
		return executeTransaction("Write messages", (connection) -> {
			delete(connection, deleted);
			return new WriteResult(insert(connection, inserted), 0);
		});
	}

	private void delete(Connection connection, List<RowKey> keys) throws SQLException {
		if (keys.isEmpty()) {
			return;
		}
		try (PreparedStatement statement = connection.prepareStatement(this.deleteStatement)) {
			for (RowKey key : keys) {
				statement.setString(1, line());
				statement.setLong(2, key.position());
				statement.setString(3, key.messageId());
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	@Override
	public TableSnapshot read(long after, int limit, boolean own) {
		return executeStatement("Read messages", (connection) -> read(connection, after, limit, own));
	}

	private TableSnapshot read(Connection connection, long after, int limit, boolean own) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.readStatement)) {
			setReadParameters(statement, after, own);
			// not all databases have the same clause for it
			statement.setMaxRows(limit);
			List<MessageRow> rows = new ArrayList<>();
			try (ResultSet results = statement.executeQuery()) {
				while (results.next()) {
					rows.add(toRow(results));
				}
			}
			return new TableSnapshot(rows, 0);
		}
	}

}
