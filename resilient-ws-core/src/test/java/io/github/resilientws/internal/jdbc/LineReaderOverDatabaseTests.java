package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineReader} with transactions of a database that overlap.
 */
class LineReaderOverDatabaseTests {

	private static final int PAGE = 100;

	@ParameterizedTest
	@Databases
	void readsARowWhoseTransactionIsNewerThanTheLastOneThatEnded(Database database) throws SQLException {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		LineReader reader = new LineReader(table, "me");
		try (Connection first = transaction(dataSource);
				Connection second = transaction(dataSource);
				Connection third = transaction(dataSource)) {
			insert(table, first, "a");
			insert(table, second, "b");
			insert(table, third, "c");
			insert(table, first, "d");
			first.commit();
			List<MessageRow> rows = reader.read(PAGE);
			assertThat(rows).extracting(MessageRow::messageId).containsExactly("a", "d");
			reader.remove(rows.get(0).key());
			reader.write(List.of());
			second.rollback();
			assertThat(reader.read(PAGE)).isEmpty();
			third.commit();
			assertThat(reader.read(PAGE)).extracting(MessageRow::messageId).containsExactly("c");
		}
	}

	@ParameterizedTest
	@Databases
	void readsRowsWhileAForeignTransactionIsOpen(Database database) throws SQLException {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		LineReader reader = new LineReader(table, "me");
		try (Connection foreign = transaction(dataSource); Connection committed = transaction(dataSource)) {
			insert(database.table(dataSource, "shop/other", "me"), foreign, "x");
			insert(table, committed, "a");
			committed.commit();
			assertThat(reader.read(PAGE)).extracting(MessageRow::messageId).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void returnsRowsOfThisInstanceThatItInsertedBefore(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		table.write(List.of(Rows.row("a", "me"), Rows.row("b", "me/tx"), Rows.row("c", "other")), List.of());
		LineReader reader = new LineReader(table, "me");
		assertThat(reader.write(List.of(Rows.row("d", "me")))).hasSize(1);
		assertThat(reader.read(PAGE)).extracting(MessageRow::messageId).containsExactly("a", "b", "c", "d");
		assertThat(reader.read(PAGE)).isEmpty();
	}

	@Test
	void removedRowsAreNotLookedAtAgain() throws SQLException {
		try (Connection connection = Database.POSTGRESQL.create().getConnection()) {
			DataSource dataSource = new SingleConnectionDataSource(connection, true);
			RecordingTable table = new RecordingTable(Database.POSTGRESQL.table(dataSource, "shop/chat", "me"));
			LineReader reader = new LineReader(table, "me");
			List<MessageRow> stored = reader.write(List.of(Rows.row("a", "me"), Rows.row("b", "me")));
			reader.read(PAGE);
			stored.forEach((row) -> reader.remove(row.key()));
			reader.write(List.of());
			// the server has transactions of its own, such as those of autovacuum
			Awaitility.await().untilAsserted(() -> {
				assertThat(reader.read(PAGE)).isEmpty();
				assertThat(table.after).isEqualTo(stored.get(1).position());
			});
		}
	}

	@Test
	void removedRowsAreNotLookedAtAgainBesideATransactionThatWrites() throws SQLException {
		DataSource dataSource = Database.POSTGRESQL.create();
		JdbcMessageTable table = Database.POSTGRESQL.table(dataSource, "shop/chat", "me");
		RecordingTable recorded = new RecordingTable(table);
		LineReader reader = new LineReader(recorded, "me");
		try (Connection foreign = transaction(dataSource)) {
			insert(table, foreign, "x");
			long position = 0;
			for (int i = 0; i < 20; i++) {
				for (MessageRow row : reader.write(rows(i * PAGE))) {
					reader.remove(row.key());
					position = row.position();
				}
				reader.read(PAGE);
			}
			reader.write(List.of());
			reader.read(PAGE);
			assertThat(recorded.after).isPositive();
			reader.read(PAGE);
			assertThat(recorded.after).isGreaterThan(position - 1000);
			foreign.commit();
			assertThat(reader.read(PAGE)).extracting(MessageRow::messageId).containsExactly("x");
		}
	}

	private static List<MessageRow> rows(int first) {
		return IntStream.range(first, first + PAGE).mapToObj((number) -> Rows.row("m" + number, "me")).toList();
	}

	private static void insert(JdbcMessageTable table, Connection connection, String messageId) throws SQLException {
		table.insert(connection, List.of(Rows.row(messageId, "other")));
	}

	private static Connection transaction(DataSource dataSource) throws SQLException {
		Connection connection = dataSource.getConnection();
		connection.setAutoCommit(false);
		return connection;
	}

	/** Records after which position was read last. */
	private static final class RecordingTable implements MessageTable {

		private final MessageTable table;

		private long after;

		private RecordingTable(MessageTable table) {
			this.table = table;
		}

		@Override
		public WriteResult write(List<MessageRow> inserted, List<RowKey> deleted) {
			return this.table.write(inserted, deleted);
		}

		@Override
		public TableSnapshot read(long after, int limit, boolean own) {
			this.after = after;
			return this.table.read(after, limit, own);
		}

	}

}
