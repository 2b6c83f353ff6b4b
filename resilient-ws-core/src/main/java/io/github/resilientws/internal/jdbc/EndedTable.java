package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * The table of messages that were not delivered: dead letters, and failures that the
 * instance that accepted the message has not read yet. A reason that is no {@link Reason}
 * is the cause of a dead letter. It also has the row of the line.
 */
public final class EndedTable {

	private static final int LONGEST_DETAIL = 500;

	private static final String FAILURES = Arrays.stream(Reason.values())
		.map((reason) -> "'" + reason.name() + "'")
		.collect(Collectors.joining(", ", "(", ")"));

	/** How often ids are reserved until another instance does not do it first. */
	private static final int MOST_TRIALS = 100;

	private static final long NO_LINE = -1;

	private static final String KEY = " WHERE LINE = ? AND MESSAGE_ID = ?";

	private final JdbcMessageTable messages;

	private final String messageTable;

	private final String endedTable;

	private final String lineTable;

	/**
	 * Create a table.
	 * @param messages the table of the messages of the same line
	 * @param tablePrefix the prefix of the table names
	 */
	public EndedTable(JdbcMessageTable messages, String tablePrefix) {
		this.messages = messages;
		this.messageTable = tablePrefix + "MESSAGE";
		this.endedTable = tablePrefix + "ENDED";
		this.lineTable = tablePrefix + "LINE";
	}

	/**
	 * End messages, if the line has no newer owner. The row of the line is not locked: an
	 * instance that is frozen must not hold up the next owner.
	 * @param fence the number of the ownership
	 * @param ends the ends
	 * @return for each of them whether its message was in the table, and the line had no
	 * newer owner
	 */
	public List<Boolean> end(long fence, List<End> ends) {
		if (this.messages.returnsDeletedRows()) {
			return ends.stream()
				.map((end) -> this.messages.executeStatement("End messages",
						(connection) -> endAtOnce(connection, fence, end)))
				.toList();
		}
		return this.messages.executeTransaction("End messages", (connection) -> {
			boolean held = query(connection, "SELECT 1 FROM " + this.lineTable + " WHERE LINE = ? AND FENCE = ?",
					ResultSet::next, line(), fence);
			List<Boolean> found = new ArrayList<>(ends.size());
			for (End end : ends) {
				found.add(held && end(connection, end));
			}
			return found;
		});
	}

	// one statement, so that a frozen instance holds no lock
	private boolean endAtOnce(Connection connection, long fence, End end) throws SQLException {
		String content = (end.deadLetter) ? "IS_TEXT, PAYLOAD FROM ENDING"
				: "NULL, NULL FROM ENDING WHERE ORIGIN NOT IN (?, ?)";
		String sql = """
				WITH ENDING AS (
				DELETE FROM %1$s WHERE LINE = ? AND POSITION = ? AND MESSAGE_ID = ?
				AND EXISTS (SELECT 1 FROM %2$s WHERE LINE = ? AND FENCE = ?)
				RETURNING LINE, MESSAGE_ID, ORIGIN, ACCEPTED, IS_TEXT, PAYLOAD), ENDED AS (
				INSERT INTO %3$s AS E (LINE, MESSAGE_ID, REASON, ORIGIN, DETAIL, ATTEMPTS, SINCE, ACCEPTED, IS_TEXT, PAYLOAD)
				SELECT LINE, MESSAGE_ID, ?, ORIGIN, ?, ?, ?, ACCEPTED, %4$s
				ON CONFLICT (LINE, MESSAGE_ID) DO UPDATE SET REASON = EXCLUDED.REASON, ORIGIN = EXCLUDED.ORIGIN,
				DETAIL = EXCLUDED.DETAIL, ATTEMPTS = EXCLUDED.ATTEMPTS, SINCE = EXCLUDED.SINCE,
				ACCEPTED = EXCLUDED.ACCEPTED, IS_TEXT = EXCLUDED.IS_TEXT, PAYLOAD = EXCLUDED.PAYLOAD)
				SELECT COUNT(*) FROM ENDING
				"""
			.formatted(this.messageTable, this.lineTable, this.endedTable, content);
		List<Object> values = new ArrayList<>(List.of(line(), end.key.position(), end.key.messageId(), line(), fence,
				end.reason, detail(end), end.attempts, end.since));
		if (!end.deadLetter) {
			values.addAll(List.of(this.messages.origin(), this.messages.origin() + MessageRow.TRANSACTIONAL));
		}
		return query(connection, sql, (results) -> results.next() && results.getInt(1) > 0, values.toArray());
	}

	private static String detail(End end) {
		return end.detail.substring(0, Math.min(end.detail.length(), LONGEST_DETAIL));
	}

	private boolean end(Connection connection, End end) throws SQLException {
		String where = " WHERE LINE = ? AND POSITION = ? AND MESSAGE_ID = ?";
		Object[] key = { line(), end.key.position(), end.key.messageId() };
		String origin = query(connection, "SELECT ORIGIN FROM " + this.messageTable + where,
				(results) -> results.next() ? results.getString(1) : null, key);
		if (origin == null) {
			return false;
		}
		if (end.deadLetter || !isOwn(origin)) {
			String columns = (end.deadLetter) ? ", IS_TEXT, PAYLOAD" : "";
			update(connection, "DELETE FROM " + this.endedTable + KEY, line(), end.key.messageId());
			update(connection,
					"INSERT INTO " + this.endedTable
							+ " (LINE, MESSAGE_ID, REASON, ORIGIN, DETAIL, ATTEMPTS, SINCE, ACCEPTED" + columns
							+ ") SELECT LINE, MESSAGE_ID, ?, ORIGIN, ?, ?, ?, ACCEPTED" + columns + " FROM "
							+ this.messageTable + where,
					end.reason, detail(end), end.attempts, end.since, key[0], key[1], key[2]);
		}
		return update(connection, "DELETE FROM " + this.messageTable + where, key) > 0;
	}

	private boolean isOwn(String origin) {
		return origin.equals(this.messages.origin())
				|| origin.equals(this.messages.origin() + MessageRow.TRANSACTIONAL);
	}

	/**
	 * Find out what became of messages that this instance inserted.
	 * @param messageIds their ids
	 * @return the rows that exist, as one snapshot for each statement; both rows of a
	 * message that was sent again
	 */
	public List<Progress> find(Collection<String> messageIds) {
		String condition = this.messages.ids().condition();
		String sql = "SELECT MESSAGE_ID, '' AS REASON, '' AS DETAIL, 0 AS ATTEMPTS, 0 AS SINCE FROM "
				+ this.messageTable + " WHERE " + condition
				+ " UNION ALL SELECT MESSAGE_ID, REASON, DETAIL, ATTEMPTS, SINCE FROM " + this.endedTable + " WHERE "
				+ condition + " AND ORIGIN IN (?, ?)";
		List<Progress> found = new ArrayList<>();
		for (List<String> part : this.messages.ids().split(messageIds)) {
			found.addAll(this.messages.executeStatement("Find messages", (connection) -> find(connection, sql, part)));
		}
		return found;
	}

	private List<Progress> find(Connection connection, String sql, List<String> messageIds) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			int index = this.messages.ids().set(statement, 1, line(), messageIds);
			index = this.messages.ids().set(statement, index, line(), messageIds);
			statement.setString(index++, this.messages.origin());
			statement.setString(index, this.messages.origin() + MessageRow.TRANSACTIONAL);
			List<Progress> rows = new ArrayList<>();
			try (ResultSet results = statement.executeQuery()) {
				while (results.next()) {
					String reason = results.getString(2);
					// some databases have no empty string
					rows.add(new Progress(results.getString(1), (reason == null || reason.isEmpty()) ? null : reason,
							results.getString(3), results.getInt(4), results.getLong(5)));
				}
			}
			return rows;
		}
	}

	/**
	 * Delete failures that were read.
	 * @param messageIds ids of messages that this instance inserted
	 */
	public void deleteFailures(Collection<String> messageIds) {
		delete(" AND REASON IN " + FAILURES + " AND ORIGIN IN (?, ?)",
				List.of(this.messages.origin(), this.messages.origin() + MessageRow.TRANSACTIONAL), messageIds);
	}

	/**
	 * Delete failures that no instance has read.
	 * @param before the time before which they ended, of the database's clock
	 */
	public void deleteFailures(long before) {
		this.messages.executeStatement("Delete failures",
				(connection) -> update(connection,
						"DELETE FROM " + this.endedTable + " WHERE LINE = ? AND SINCE < ? AND REASON IN " + FAILURES,
						line(), before));
	}

	/**
	 * Read the dead letters.
	 * @param most how many at most
	 * @return the dead letters, the oldest first
	 */
	public List<Dead> deadLetters(int most) {
		String sql = "SELECT MESSAGE_ID, REASON, ATTEMPTS, SINCE, ACCEPTED, IS_TEXT, PAYLOAD FROM " + this.endedTable
				+ " WHERE LINE = ? AND REASON NOT IN " + FAILURES + " AND PAYLOAD IS NOT NULL ORDER BY SINCE";
		return this.messages.executeStatement("Read dead letters", (connection) -> {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setString(1, line());
				statement.setMaxRows(most);
				List<Dead> found = new ArrayList<>();
				try (ResultSet results = statement.executeQuery()) {
					while (results.next()) {
						found.add(new Dead(results.getString(1), results.getString(2), results.getInt(3),
								results.getLong(4), results.getLong(5), results.getBoolean(6), results.getBytes(7)));
					}
				}
				return found;
			}
		});
	}

	/**
	 * Turn a dead letter into a message again.
	 * @param messageId its id
	 * @param accepted when it is accepted, of the database's clock
	 * @return its position; 0 if a message has its id; -1 if the dead letter does not
	 * exist
	 */
	public long resubmit(String messageId, long accepted) {
		String dead = KEY + " AND REASON NOT IN " + FAILURES;
		return this.messages.executeTransaction("Send a dead letter again", (connection) -> {
			MessageRow row = query(connection,
					"SELECT IS_TEXT, PAYLOAD FROM " + this.endedTable + dead + " AND PAYLOAD IS NOT NULL FOR UPDATE", (
							results) -> (!results.next()) ? null
									: new MessageRow(0, messageId, this.messages.origin() + MessageRow.TRANSACTIONAL, 1,
											null, accepted, 0, results.getBoolean(1), results.getBytes(2)),
					line(), messageId);
			if (row == null) {
				return -1L;
			}
			Long position = this.messages.insert(connection, List.of(row)).get(messageId);
			if (position == null) {
				return 0L;
			}
			update(connection, "DELETE FROM " + this.endedTable + dead, line(), messageId);
			return position;
		});
	}

	/**
	 * Delete dead letters.
	 * @param messageIds their ids
	 * @return how many were in the table
	 */
	public int discard(Collection<String> messageIds) {
		return delete(" AND REASON NOT IN " + FAILURES, List.of(), messageIds);
	}

	private int delete(String condition, List<String> origins, Collection<String> messageIds) {
		String sql = "DELETE FROM " + this.endedTable + " WHERE " + this.messages.ids().condition() + condition;
		int deleted = 0;
		for (List<String> part : this.messages.ids().split(messageIds)) {
			deleted += this.messages.executeStatement("Delete from " + this.endedTable, (connection) -> {
				try (PreparedStatement statement = connection.prepareStatement(sql)) {
					int index = this.messages.ids().set(statement, 1, line(), part);
					for (String origin : origins) {
						statement.setString(index++, origin);
					}
					return statement.executeUpdate();
				}
			});
		}
		return deleted;
	}

	/**
	 * Reserve numbers for ids.
	 * @param atLeast the smallest number allowed
	 * @param count how many numbers to reserve
	 * @return the first of them
	 */
	public long reserveIds(long atLeast, int count) {
		for (int i = 0; i < MOST_TRIALS; i++) {
			Long first = tryReserveIds(atLeast, count);
			if (first != null) {
				return first;
			}
		}
		throw new CannotAcquireLockException("Other instances reserve ids of the line at the same time");
	}

	// single statements: a frozen instance must not hold up the next owner of the line
	private @Nullable Long tryReserveIds(long atLeast, int count) {
		long next = this.messages.executeStatement("Reserve ids",
				(connection) -> query(connection, "SELECT NEXT_ID FROM " + this.lineTable + " WHERE LINE = ?",
						(results) -> results.next() ? results.getLong(1) : NO_LINE, line()));
		long first = Math.max(atLeast, next);
		try {
			int rows = this.messages.executeStatement("Reserve ids", (connection) -> (next != NO_LINE)
					? update(connection, "UPDATE " + this.lineTable + " SET NEXT_ID = ? WHERE LINE = ? AND NEXT_ID = ?",
							first + count, line(), next)
					: update(connection, "INSERT INTO " + this.lineTable + " (LINE, FENCE, NEXT_ID) VALUES (?, 0, ?)",
							line(), first + count));
			return (rows > 0) ? first : null;
		}
		catch (DataIntegrityViolationException ex) {
			// another instance has inserted the row of the line
			return null;
		}
	}

	private String line() {
		return this.messages.line();
	}

	private static int update(Connection connection, String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			set(statement, values);
			return statement.executeUpdate();
		}
	}

	private static <T extends @Nullable Object> T query(Connection connection, String sql, Extractor<T> extractor,
			Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			set(statement, values);
			try (ResultSet results = statement.executeQuery()) {
				return extractor.extract(results);
			}
		}
	}

	private static void set(PreparedStatement statement, Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
	}

	/** Makes a value of a result. */
	@FunctionalInterface
	private interface Extractor<T extends @Nullable Object> {

		T extract(ResultSet results) throws SQLException;

	}

	/**
	 * The end of a message.
	 *
	 * @param key its row
	 * @param deadLetter whether it is kept as a dead letter
	 * @param reason why it ended
	 * @param detail explanation for a reader
	 * @param attempts how often it was handed to a transport
	 * @param since when, in milliseconds of the database's clock
	 */
	public record End(RowKey key, boolean deadLetter, String reason, String detail, int attempts, long since) {

	}

	/**
	 * What became of a message.
	 *
	 * @param messageId its id
	 * @param reason why it ended, or {@code null} if it is to be sent
	 * @param detail explanation for a reader
	 * @param attempts how often it was handed to a transport
	 * @param since when it ended, in milliseconds of the database's clock; 0 if it is to
	 * be sent
	 */
	public record Progress(String messageId, @Nullable String reason, @Nullable String detail, int attempts,
			long since) {

	}

	/**
	 * A dead letter.
	 *
	 * @param messageId its id
	 * @param cause why it is one
	 * @param attempts how often it was handed to a transport
	 * @param since when it ended, in milliseconds of the database's clock
	 * @param accepted when it was accepted, in milliseconds of the database's clock
	 * @param isText whether it is a text message
	 * @param payload its bytes
	 */
	public record Dead(String messageId, String cause, int attempts, long since, long accepted, boolean isText,
			byte[] payload) {

	}

}
