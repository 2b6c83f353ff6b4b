package io.github.resilientws.internal.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the statements of the message table.
 */
class MessageTableTests {

	private static final int MOST = 1000;

	@ParameterizedTest
	@Databases
	void keepsAllColumns(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		byte[] payload = { 0, -1, 39 };
		MessageRow text = new MessageRow(0, "a'{}\",", "other", 2, "the key", 1234567890123L, 9876543210987L, true,
				payload);
		MessageRow binary = new MessageRow(0, "b", "other/tx", 1, null, 5, 0, false, new byte[0]);
		table.write(List.of(text, binary), List.of());
		assertThat(table.read(0, MOST, false).rows())
			.usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
			.containsExactly(text, binary);
	}

	@ParameterizedTest
	@Databases
	void positionsGrowInTheOrderOfTheRows(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		List<MessageRow> rows = IntStream.range(0, 300).mapToObj((i) -> Rows.row("m" + (i * 7919) % 300, "x")).toList();
		Map<String, Long> positions = table.write(rows, List.of()).positions();
		assertThat(rows).extracting((row) -> positions.get(row.messageId())).isSorted().doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@Databases
	void readsRowsOfItsLineAfterAPosition(Database database) {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		Map<String, Long> positions = table.write(rows("a", "b", "c", "d"), List.of()).positions();
		database.table(dataSource, "shop/other", "me").write(rows("e"), List.of());
		assertThat(table.read(positions.get("a"), 2, false).rows()).extracting(MessageRow::messageId)
			.containsExactly("b", "c");
	}

	@ParameterizedTest
	@Databases
	void leavesOutOwnRowsAndPayloadsThatAreInMemory(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		table.write(List.of(Rows.row("a", "me"), Rows.row("b", "me/tx"), Rows.row("c", "other/tx")), List.of());
		assertThat(table.read(0, MOST, false).rows()).extracting(MessageRow::messageId, (row) -> row.payload() != null)
			.containsExactly(Assertions.tuple("b", false), Assertions.tuple("c", true));
		assertThat(table.read(0, MOST, true).rows()).hasSize(3).noneMatch((row) -> row.payload() == null);
	}

	@ParameterizedTest
	@Databases
	void deletesARowOnlyIfItsIdIsTheSame(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		Map<String, Long> positions = table.write(rows("a", "b"), List.of()).positions();
		table.write(List.of(), List.of(new RowKey(positions.get("a"), "a"), new RowKey(positions.get("b"), "c")));
		assertThat(ids(table)).containsExactly("b");
	}

	@ParameterizedTest
	@Databases
	void idThatIsInTheTableGetsNoPosition(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		table.write(rows("b"), List.of());
		assertThat(table.write(rows("a", "b", "c", "c"), List.of()).positions()).containsOnlyKeys("a", "c");
		assertThat(ids(table)).containsExactly("b", "a", "c");
	}

	@ParameterizedTest
	@Databases
	void idsAndLinesAreComparedExactly(Database database) {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		assertThat(table.write(rows("a", "A", "a ", "\u00e4", "a\u0308"), List.of()).positions()).hasSize(5);
		assertThat(ids(database.table(dataSource, "shop/Chat", "me"))).isEmpty();
		assertThat(ids(database.table(dataSource, "shop/chat ", "me"))).isEmpty();
	}

	@ParameterizedTest
	@Databases
	void rowsMayBeLargerThanAStatement(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		List<MessageRow> rows = IntStream.range(0, 40)
			.mapToObj((i) -> new MessageRow(0, "m" + i, "other", 1, null, 1, 0, false, new byte[500_000]))
			.toList();
		assertThat(table.write(rows, List.of()).positions()).hasSize(40);
		assertThat(ids(table)).isEqualTo(rows.stream().map(MessageRow::messageId).toList());
	}

	@ParameterizedTest
	@Databases
	void anotherLineMayHaveTheSameId(Database database) {
		DataSource dataSource = database.create();
		database.table(dataSource, "shop/other", "me").write(rows("a"), List.of());
		assertThat(database.table(dataSource, "shop/chat", "me").write(rows("a"), List.of()).positions())
			.containsOnlyKeys("a");
	}

	@ParameterizedTest
	@Databases
	void duplicateIdDoesNotHarmTheTransaction(Database database) throws SQLException {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		table.write(rows("a"), List.of());
		try (Connection connection = transaction(dataSource)) {
			assertThat(table.insert(connection, rows("a", "b"))).containsOnlyKeys("b");
			assertThat(table.insert(connection, rows("c"))).containsOnlyKeys("c");
			connection.commit();
		}
		assertThat(ids(table)).containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@Databases
	void idOfARunningTransactionIsDecidedByItsCommit(Database database) throws SQLException {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		try (Connection first = transaction(dataSource)) {
			table.insert(first, rows("b"));
			CompletableFuture<WriteResult> second = CompletableFuture
				.supplyAsync(() -> table.write(rows("a", "b", "c"), List.of()));
			// only the database knows that the second one waits for the first
			Awaitility.await().until(() -> database.isBlocked(dataSource));
			first.commit();
			assertThat(second).succeedsWithin(10, TimeUnit.SECONDS)
				.satisfies((result) -> assertThat(result.positions()).containsOnlyKeys("a", "c"));
		}
		assertThat(ids(table)).containsExactlyInAnyOrder("a", "b", "c");
	}

	@ParameterizedTest
	@Databases
	void rolledBackRowsAreNeverSeen(Database database) throws SQLException {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		try (Connection connection = transaction(dataSource)) {
			table.insert(connection, rows("a"));
			assertThat(ids(table)).isEmpty();
			connection.rollback();
		}
		assertThat(ids(table)).isEmpty();
	}

	@ParameterizedTest
	@Databases
	void failedWriteInsertsNothing(Database database) {
		JdbcMessageTable table = database.table(database.create(), "shop/chat", "me");
		MessageRow broken = new MessageRow(0, "c", "x".repeat(41), 1, null, 1, 0, true, new byte[1]);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> table.write(List.of(Rows.row("b", "x"), broken), List.of()));
		assertThat(ids(table)).isEmpty();
	}

	// a frozen instance must not hold up the next owner
	@ParameterizedTest
	@Databases
	@Timeout(40)
	void deletedRowsAreNotLockedWhenOthersAreInserted(Database database) {
		DataSource dataSource = database.create();
		JdbcMessageTable other = database.table(dataSource, "shop/chat", "other");
		RowKey key = new RowKey(other.write(rows("a"), List.of()).positions().get("a"), "a");
		DataSource intercepted = new DelegatingDataSource(dataSource) {
			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
						new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
							if (method.getName().equals("prepareStatement")
									&& arguments[0].toString().contains("INSERT")) {
								other.write(List.of(), List.of(key));
							}
							return method.invoke(connection, arguments);
						});
			}
		};
		database.table(intercepted, "shop/chat", "me").write(rows("b"), List.of(key));
		assertThat(ids(other)).containsExactly("b");
	}

	@ParameterizedTest
	@Databases
	void deletesManyRows(Database database) throws SQLException {
		DataSource dataSource = database.create();
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		List<MessageRow> rows = IntStream.range(0, 250).mapToObj((i) -> Rows.row("m" + i, "other")).toList();
		Map<String, Long> positions = table.write(rows, List.of()).positions();
		List<RowKey> keys = new ArrayList<>();
		positions.forEach((messageId, position) -> keys.add(new RowKey(position, messageId)));
		keys.remove(new RowKey(positions.get("m7"), "m7"));
		try (Connection application = transaction(dataSource)) {
			table.insert(application, rows("x"));
			table.write(List.of(), keys);
			application.commit();
		}
		assertThat(ids(table)).containsExactly("m7", "x");
	}

	@ParameterizedTest
	@Databases
	void commitsOnAConnectionWithoutAutoCommit(Database database) throws SQLException {
		DataSource dataSource = database.create();
		try (Connection connection = transaction(dataSource)) {
			JdbcMessageTable table = database.table(new SingleConnectionDataSource(connection, true), "l", "me");
			table.write(rows("a"), List.of());
			assertThat(connection.getAutoCommit()).isFalse();
			connection.rollback();
		}
		assertThat(ids(database.table(dataSource, "l", "me"))).containsExactly("a");
	}

	@ParameterizedTest
	@Databases
	void returnsTheConnectionAsItWas(Database database) throws SQLException {
		try (Connection connection = database.create().getConnection()) {
			JdbcMessageTable table = database.table(new SingleConnectionDataSource(connection, true), "l", "me");
			table.write(rows("a"), List.of());
			table.read(0, MOST, true);
			assertThat(connection.getAutoCommit()).isTrue();
		}
	}

	@ParameterizedTest
	@Databases
	void failureIsADataAccessException(Database database) {
		DataSource dataSource = database.create();
		new JdbcTemplate(dataSource).execute("DROP TABLE RESILIENT_WS_MESSAGE");
		JdbcMessageTable table = database.table(dataSource, "shop/chat", "me");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> table.read(0, MOST, true));
	}

	@Test
	void snapshotHasTheTransactionsThatRun() throws SQLException {
		DataSource dataSource = Database.POSTGRESQL.create();
		JdbcMessageTable table = Database.POSTGRESQL.table(dataSource, "shop/chat", "me");
		try (Connection older = transaction(dataSource)) {
			long before = table.write(List.of(), List.of()).transactionId();
			table.insert(older, rows("a"));
			long after = table.write(rows("b"), List.of()).transactionId();
			TableSnapshot snapshot = table.read(0, MOST, false);
			assertThat(snapshot.next()).isGreaterThan(after);
			assertThat(snapshot.running()).anyMatch((id) -> id > before && id < after).doesNotContain(before, after);
			older.commit();
			// the server has transactions of its own, such as those of autovacuum
			Awaitility.await().until(() -> table.read(0, MOST, false).running().isEmpty());
		}
	}

	@Test
	void genericDatabaseDoesNotSayWhichTransactionsHaveEnded() {
		JdbcMessageTable table = Database.H2.table(Database.H2.create(), "shop/chat", "me");
		assertThat(table.write(rows("a"), List.of()).transactionId()).isZero();
		assertThat(table.read(0, MOST, false).next()).isZero();
	}

	private static List<MessageRow> rows(String... messageIds) {
		List<MessageRow> rows = new ArrayList<>();
		for (String messageId : messageIds) {
			rows.add(Rows.row(messageId, "other"));
		}
		return rows;
	}

	private static List<String> ids(JdbcMessageTable table) {
		return table.read(0, MOST, true).rows().stream().map(MessageRow::messageId).toList();
	}

	private static Connection transaction(DataSource dataSource) throws SQLException {
		Connection connection = dataSource.getConnection();
		connection.setAutoCommit(false);
		return connection;
	}

}
