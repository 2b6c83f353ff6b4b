package io.github.resilientws.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.internal.jdbc.EndedTable;
import io.github.resilientws.internal.jdbc.GenericMessageTable;
import io.github.resilientws.internal.jdbc.JdbcMessageTable;
import io.github.resilientws.internal.jdbc.MessageRow;
import io.github.resilientws.internal.jdbc.PostgresMessageTable;
import io.github.resilientws.internal.jdbc.TransactionRunner;
import io.github.resilientws.internal.transaction.TransactionalRows;
import io.github.resilientws.store.OutboxRecord;

/**
 * The tables of one line in the dialect of the database, which is known after the first
 * contact, and the difference of the clocks.
 */
final class LineTables implements TransactionalRows {

	/** The version of messages that this version of the library reads and writes. */
	static final int FORMAT = 1;

	private final DataSource dataSource;

	private final String tablePrefix;

	private final String line;

	private final String origin;

	private final InstantSource clock;

	private volatile @Nullable JdbcMessageTable messages;

	/** Milliseconds that the clock of the database is ahead, or {@code null}. */
	private volatile @Nullable Long clockOffset;

	/**
	 * Create tables.
	 * @param dataSource provides the connections
	 * @param tablePrefix the prefix of the table names
	 * @param line name of the line
	 * @param origin id of the store
	 * @param clock the clock of the client
	 */
	LineTables(DataSource dataSource, String tablePrefix, String line, String origin, InstantSource clock) {
		this.dataSource = dataSource;
		this.tablePrefix = tablePrefix;
		this.line = line;
		this.origin = origin;
		this.clock = clock;
	}

	String origin() {
		return this.origin;
	}

	/**
	 * Find out the dialect, if it is unknown, and measure the clock of the database.
	 */
	void contact() {
		JdbcMessageTable table = this.messages;
		if (table == null) {
			table = new TransactionRunner(this.dataSource).executeStatement("Find out the database", this::table);
		}
		long before = this.clock.millis();
		measureClock(before, table.readClock());
	}

	// the database has answered between the two times
	private void measureClock(long before, long time) {
		this.clockOffset = time - (before + this.clock.millis()) / 2;
	}

	private JdbcMessageTable table(Connection connection) throws SQLException {
		JdbcMessageTable table = this.messages;
		if (table == null) {
			String product = connection.getMetaData().getDatabaseProductName();
			table = ("PostgreSQL".equals(product))
					? new PostgresMessageTable(this.dataSource, this.tablePrefix, this.line, this.origin)
					: new GenericMessageTable(this.dataSource, this.tablePrefix, this.line, this.origin, product);
			this.messages = table;
		}
		return table;
	}

	/**
	 * Return the table of messages.
	 * @return the table
	 * @throws IllegalStateException before the first contact
	 */
	JdbcMessageTable messages() {
		JdbcMessageTable table = this.messages;
		Assert.state(table != null, "No contact to the database yet");
		return table;
	}

	EndedTable ended() {
		return new EndedTable(messages(), this.tablePrefix);
	}

	InstantSource clock() {
		return this.clock;
	}

	/**
	 * Return the present time.
	 * @return milliseconds of the clock of the database
	 */
	long now() {
		return toDatabaseTime(this.clock.millis());
	}

	private long toDatabaseTime(long millis) {
		return millis + offset();
	}

	/**
	 * Convert a time of the database.
	 * @param millis milliseconds since the epoch
	 * @return the same of the clock of the client
	 */
	long toLocalTime(long millis) {
		return millis - offset();
	}

	private long offset() {
		Long offset = this.clockOffset;
		return (offset != null) ? offset : 0;
	}

	MessageRow toRow(OutboxRecord message, String messageOrigin) {
		long expires = (message.expiresMillis() != 0) ? toDatabaseTime(message.expiresMillis()) : 0;
		return new MessageRow(0, message.id(), messageOrigin, FORMAT, message.key(),
				toDatabaseTime(message.acceptedMillis()), expires, message.text(), message.payload());
	}

	OutboxRecord toRecord(MessageRow row, byte[] payload) {
		long expires = (row.expires() != 0) ? toLocalTime(row.expires()) : 0;
		return new OutboxRecord(row.messageId(), row.messageKey(), row.isText(), payload, toLocalTime(row.accepted()),
				expires, 0, null);
	}

	@Override
	public @Nullable String check(OutboxRecord message) {
		return JdbcOutboxStore.check(List.of(message));
	}

	@Override
	public Map<String, Long> insert(Connection connection, List<OutboxRecord> messagesToInsert) throws SQLException {
		JdbcMessageTable table = table(connection);
		if (this.clockOffset == null) {
			long before = this.clock.millis();
			measureClock(before, table.readClock(connection));
		}
		String transactional = this.origin + MessageRow.TRANSACTIONAL;
		return table.insert(connection,
				messagesToInsert.stream().map((message) -> toRow(message, transactional)).toList());
	}

}
