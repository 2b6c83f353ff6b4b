package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The message table of PostgreSQL. A write is one statement, with an array per column, so
 * it does not depend on settings of the driver.
 */
public final class PostgresMessageTable extends JdbcMessageTable {

	/**
	 * Lasts until the end of the transaction. Without it PostgreSQL may plan to scan the
	 * table, because it is empty at rest, and keep that plan while deleted rows pile up.
	 */
	private static final String USE_INDEX = "SELECT set_config('enable_seqscan', 'off', TRUE);\n";

	private final String insertStatement;

	private final String writeStatement;

	private final String readStatement;

	/**
	 * Create a table.
	 * @param dataSource provides the connections
	 * @param tablePrefix the prefix of the table names
	 * @param line the line whose rows are written and read
	 * @param origin the id of this instance
	 */
	public PostgresMessageTable(DataSource dataSource, String tablePrefix, String line, String origin) {
		super(dataSource, tablePrefix + "MESSAGE", line, origin);
		String table = tablePrefix + "MESSAGE";
		this.insertStatement = insertStatement(table);
		this.writeStatement = USE_INDEX + writeStatement(table);
		this.readStatement = USE_INDEX + readStatement(table);
	}

	// the order is part of the statement, because positions are drawn row by row
	private static String insertStatement(String table) {
		return """
				INSERT INTO %s (LINE, MESSAGE_ID, ORIGIN, FORMAT, MESSAGE_KEY, ACCEPTED, EXPIRES, IS_TEXT, PAYLOAD)
				SELECT ?, R.MESSAGE_ID, R.ORIGIN, R.FORMAT, R.MESSAGE_KEY, R.ACCEPTED, R.EXPIRES, R.IS_TEXT, R.PAYLOAD
				FROM unnest(?::varchar[], ?::varchar[], ?::smallint[], ?::varchar[], ?::bigint[], ?::bigint[],
					?::boolean[], ?::bytea[]) WITH ORDINALITY
				AS R (MESSAGE_ID, ORIGIN, FORMAT, MESSAGE_KEY, ACCEPTED, EXPIRES, IS_TEXT, PAYLOAD, NUMBER)
				ORDER BY R.NUMBER
				ON CONFLICT (LINE, MESSAGE_ID) DO NOTHING
				RETURNING MESSAGE_ID, POSITION
				""".formatted(table);
	}

	private static String writeStatement(String table) {
		return """
				WITH INSERTED AS (
				%s), DELETED AS (
				DELETE FROM %s WHERE LINE = ? AND POSITION = ANY (?::bigint[]) AND MESSAGE_ID = ANY (?::varchar[]))
				SELECT T.ID AS TRANSACTION_ID, I.MESSAGE_ID, I.POSITION
				FROM (SELECT pg_current_xact_id()::text::bigint AS ID) T LEFT JOIN INSERTED I ON TRUE
				""".formatted(insertStatement(table), table);
	}

	// the full join adds a row that has only the snapshot
	private static String readStatement(String table) {
		return """
				SELECT S.SNAPSHOT, R.* FROM (SELECT pg_current_snapshot()::text AS SNAPSHOT) S FULL JOIN (
				SELECT %s, CASE WHEN ORIGIN = ? THEN NULL ELSE PAYLOAD END AS PAYLOAD
				FROM %s WHERE LINE = ? AND POSITION > ? AND ORIGIN <> ? ORDER BY POSITION LIMIT ?) R ON FALSE
				""".formatted(COLUMNS, table);
	}

	@Override
	MessageIds ids() {
		return MessageIds.ARRAY;
	}

	// not that of the beginning of the transaction
	@Override
	public long readClock(Connection connection) throws SQLException {
		String sql = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint";
		try (PreparedStatement statement = connection.prepareStatement(sql);
				ResultSet results = statement.executeQuery()) {
			results.next();
			return results.getLong(1);
		}
	}

	@Override
	boolean returnsDeletedRows() {
		return true;
	}

	@Override
	public Map<String, Long> insert(Connection connection, List<MessageRow> rows) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.insertStatement)) {
			setRows(connection, statement, rows);
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
		return executeStatement("Write messages", (connection) -> write(connection, inserted, deleted));
	}

	private WriteResult write(Connection connection, List<MessageRow> inserted, List<RowKey> deleted)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.writeStatement)) {
			int index = setRows(connection, statement, inserted);
			statement.setString(index++, line());
			setArray(statement, index++, connection, "int8", deleted, RowKey::position);
			setArray(statement, index, connection, "varchar", deleted, RowKey::messageId);
			Map<String, Long> positions = new HashMap<>();
			try (ResultSet results = secondResult(statement)) {
				long transactionId = 0;
				while (results.next()) {
					transactionId = results.getLong(1);
					String messageId = results.getString(2);
					if (messageId != null) {
						positions.put(messageId, results.getLong(3));
					}
				}
				return new WriteResult(positions, transactionId);
			}
		}
	}

	// the first one is that of set_config
	private static ResultSet secondResult(PreparedStatement statement) throws SQLException {
		statement.execute();
		statement.getMoreResults();
		return statement.getResultSet();
	}

	private int setRows(Connection connection, PreparedStatement statement, List<MessageRow> rows) throws SQLException {
		statement.setString(1, line());
		setArray(statement, 2, connection, "varchar", rows, MessageRow::messageId);
		setArray(statement, 3, connection, "varchar", rows, MessageRow::origin);
		setArray(statement, 4, connection, "int2", rows, (row) -> (short) row.format());
		setArray(statement, 5, connection, "varchar", rows, MessageRow::messageKey);
		setArray(statement, 6, connection, "int8", rows, MessageRow::accepted);
		setArray(statement, 7, connection, "int8", rows, MessageRow::expires);
		setArray(statement, 8, connection, "bool", rows, MessageRow::isText);
		byte[][] payloads = rows.stream().map(MessageRow::payload).toArray(byte[][]::new);
		statement.setArray(9, connection.createArrayOf("bytea", payloads));
		return 10;
	}

	private static <T> void setArray(PreparedStatement statement, int index, Connection connection, String type,
			List<T> values, Function<T, @Nullable Object> column) throws SQLException {
		@Nullable Object[] elements = values.stream().map(column).toArray();
		statement.setArray(index, connection.createArrayOf(type, elements));
	}

	@Override
	public TableSnapshot read(long after, int limit, boolean own) {
		return executeStatement("Read messages", (connection) -> read(connection, after, limit, own));
	}

	private TableSnapshot read(Connection connection, long after, int limit, boolean own) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(this.readStatement)) {
			setReadParameters(statement, after, own);
			statement.setInt(5, limit);
			List<MessageRow> rows = new ArrayList<>();
			String snapshot = "";
			try (ResultSet results = secondResult(statement)) {
				while (results.next()) {
					if (results.getString("MESSAGE_ID") != null) {
						rows.add(toRow(results));
					}
					else {
						snapshot = results.getString(1);
					}
				}
			}
			// SQL does not promise that the join keeps the order
			rows.sort(Comparator.comparingLong(MessageRow::position));
			return toSnapshot(rows, snapshot);
		}
	}

	// the text is xmin:xmax:xip_list, such as 10:20:10,14
	private static TableSnapshot toSnapshot(List<MessageRow> rows, String snapshot) {
		String[] parts = snapshot.split(":");
		Set<Long> running = new HashSet<>();
		if (parts.length == 3) {
			for (String id : parts[2].split(",")) {
				running.add(Long.valueOf(id));
			}
		}
		return new TableSnapshot(rows, Long.parseLong(parts[1]), running);
	}

}
