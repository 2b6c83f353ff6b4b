package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.dao.PessimisticLockingFailureException;

/**
 * The message table in SQL that most databases understand. They do not say which
 * transactions have ended, so all ids of transactions are 0.
 */
public final class GenericMessageTable extends JdbcMessageTable {

	/**
	 * How many rows a statement names at most; several databases limit its parameters.
	 */
	private static final int MOST_ROWS = 100;

	/**
	 * The payloads that a statement carries at most; several databases limit its size.
	 */
	private static final int MOST_BYTES = 1 << 20;

	/** The class of SQL states for a violated constraint. */
	private static final String CONSTRAINT_VIOLATION = "23";

	private static final String PARAMETERS = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

	private static final Set<String> MY_SQL = Set.of("MariaDB", "MySQL");

	private final String table;

	private final String insertStatement;

	private final String readStatement;

	/** Whether the database is MariaDB or MySQL. */
	private final boolean mySql;

	private final boolean h2;

	/**
	 * Create a table.
	 * @param dataSource provides the connections
	 * @param tablePrefix the prefix of the table names
	 * @param line the line whose rows are written and read
	 * @param origin the id of this instance
	 * @param product the name of the database product
	 */
	public GenericMessageTable(DataSource dataSource, String tablePrefix, String line, String origin, String product) {
		super(dataSource, tablePrefix + "MESSAGE", line, origin);
		this.table = tablePrefix + "MESSAGE";
		this.mySql = MY_SQL.contains(product);
		this.h2 = "H2".equals(product);
		this.insertStatement = """
				INSERT INTO %s (LINE, MESSAGE_ID, ORIGIN, FORMAT, MESSAGE_KEY, ACCEPTED, EXPIRES, IS_TEXT, PAYLOAD)
				VALUES\s""".formatted(this.table);
		this.readStatement = """
				SELECT %s, CASE WHEN ORIGIN = ? THEN NULL ELSE PAYLOAD END AS PAYLOAD
				FROM %s WHERE LINE = ? AND POSITION > ? AND ORIGIN <> ? ORDER BY LINE, POSITION
				""".formatted(COLUMNS, this.table);
	}

	@Override
	MessageIds ids() {
		return (this.h2) ? MessageIds.PAIRS : MessageIds.LIST;
	}

	@Override
	public long readClock(Connection connection) throws SQLException {
		// a timestamp of MySQL has no zone
		String sql = (this.mySql) ? "SELECT UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3))"
				: "SELECT CURRENT_TIMESTAMP(3) FROM DUAL";
		try (PreparedStatement statement = connection.prepareStatement(sql);
				ResultSet results = statement.executeQuery()) {
			results.next();
			return (this.mySql) ? results.getBigDecimal(1).movePointRight(3).longValue()
					: results.getTimestamp(1).getTime();
		}
	}

	@Override
	public Map<String, Long> insert(Connection connection, List<MessageRow> rows) throws SQLException {
		Map<String, Long> positions = new HashMap<>();
		for (int from = 0; from < rows.size();) {
			List<MessageRow> next = rows.subList(from, endOfStatement(rows, from));
			positions.putAll(readPositions(connection, insertNew(connection, next)));
			from += next.size();
		}
		return positions;
	}

	private static int endOfStatement(List<MessageRow> rows, int from) {
		int end = from;
		long bytes = 0;
		while (end < Math.min(rows.size(), from + MOST_ROWS)) {
			byte[] payload = rows.get(end).payload();
			bytes += (payload != null) ? payload.length : 0;
			if (end > from && bytes > MOST_BYTES) {
				return end;
			}
			end++;
		}
		return end;
	}

	// a batch of JDBC would depend on settings of the driver: it may go on after a
	// failure, or return no counts
	private List<String> insertNew(Connection connection, List<MessageRow> rows) throws SQLException {
		if (insertAll(connection, rows)) {
			return rows.stream().map(MessageRow::messageId).toList();
		}
		List<String> inserted = new ArrayList<>();
		if (rows.size() > 1) {
			for (MessageRow row : rows) {
				if (insertAll(connection, List.of(row))) {
					inserted.add(row.messageId());
				}
			}
		}
		return inserted;
	}

	/**
	 * Insert rows in one statement.
	 * @param connection the connection
	 * @param rows the rows
	 * @return {@code false} if an id is in the table, so that no row was inserted
	 * @throws SQLException if the statement fails
	 */
	private boolean insertAll(Connection connection, List<MessageRow> rows) throws SQLException {
		String sql = this.insertStatement + list(PARAMETERS, rows.size());
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			int index = 1;
			for (MessageRow row : rows) {
				statement.setString(index++, line());
				statement.setString(index++, row.messageId());
				statement.setString(index++, row.origin());
				statement.setInt(index++, row.format());
				statement.setString(index++, row.messageKey());
				statement.setLong(index++, row.accepted());
				statement.setLong(index++, row.expires());
				statement.setBoolean(index++, row.isText());
				statement.setBytes(index++, row.payload());
			}
			statement.executeUpdate();
			return true;
		}
		catch (SQLException ex) {
			if (ex.getSQLState() == null || !ex.getSQLState().startsWith(CONSTRAINT_VIOLATION)) {
				throw ex;
			}
			return false;
		}
	}

	private Map<String, Long> readPositions(Connection connection, List<String> messageIds) throws SQLException {
		if (messageIds.isEmpty()) {
			return Map.of();
		}
		String sql = "SELECT MESSAGE_ID, POSITION FROM " + this.table + " WHERE "
				+ condition("MESSAGE_ID", messageIds.size());
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			setCondition(statement, messageIds);
			Map<String, Long> positions = new HashMap<>();
			try (ResultSet results = statement.executeQuery()) {
				while (results.next()) {
					positions.put(results.getString(1), results.getLong(2));
				}
			}
			return positions;
		}
	}

	@Override
	public WriteResult write(List<MessageRow> inserted, List<RowKey> deleted) {
		try {
			return writeOnce(inserted, deleted);
		}
		catch (PessimisticLockingFailureException ex) {
			// the database has rolled the transaction back to end a deadlock
			return writeOnce(inserted, deleted);
		}
	}

	// the rows are deleted first: their ids may be inserted again
	private WriteResult writeOnce(List<MessageRow> inserted, List<RowKey> deleted) {
		for (int from = 0; from < deleted.size(); from += MOST_ROWS) {
			List<RowKey> keys = deleted.subList(from, Math.min(deleted.size(), from + MOST_ROWS));
			executeStatement("Delete messages", (connection) -> delete(connection, keys));
		}
		return new WriteResult(inserted.isEmpty() ? Map.of()
				: executeTransaction("Insert messages", (connection) -> insert(connection, inserted)), 0);
	}

	// one statement, so that an instance that is frozen meanwhile holds no lock
	private int delete(Connection connection, List<RowKey> keys) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(deleteStatement(keys.size()))) {
			int index = setCondition(statement, keys.stream().map(RowKey::position).toList());
			for (RowKey key : keys) {
				statement.setString(index++, key.messageId());
			}
			return statement.executeUpdate();
		}
	}

	private String deleteStatement(int rows) {
		String ids = list("?", rows);
		if (this.mySql) {
			// a list of positions may become a scan, which waits for rows of other
			// transactions
			return """
					DELETE M FROM (%s) K STRAIGHT_JOIN %s M FORCE INDEX (PRIMARY) ON M.POSITION = K.POSITION
					WHERE M.LINE = ? AND M.MESSAGE_ID IN (%s)
					""".formatted(
					String.join(" UNION ALL ", Collections.nCopies(rows, "SELECT CAST(? AS SIGNED) AS POSITION")),
					this.table, ids);
		}
		return "DELETE FROM %s WHERE %s AND MESSAGE_ID IN (%s)".formatted(this.table, condition("POSITION", rows), ids);
	}

	// H2 uses an index of two columns for a list only if it is a list of both
	private String condition(String column, int count) {
		return (this.h2) ? "(LINE, %s) IN (%s)".formatted(column, list("(?, ?)", count))
				: "%s IN (%s) AND LINE = ?".formatted(column, list("?", count));
	}

	private int setCondition(PreparedStatement statement, List<?> values) throws SQLException {
		int index = 1;
		for (Object value : values) {
			if (this.h2) {
				statement.setString(index++, line());
			}
			statement.setObject(index++, value);
		}
		if (!this.h2) {
			statement.setString(index++, line());
		}
		return index;
	}

	private static String list(String element, int count) {
		return String.join(", ", Collections.nCopies(count, element));
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
			return new TableSnapshot(rows, 0, Set.of());
		}
	}

}
