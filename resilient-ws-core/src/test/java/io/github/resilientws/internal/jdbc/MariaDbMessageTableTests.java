package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GenericMessageTable} with settings of MariaDB and of its driver that
 * an application may have.
 */
@Tag("mariadb")
class MariaDbMessageTableTests {

	@ParameterizedTest
	@ValueSource(strings = { "useBulkStmts=true", "rewriteBatchedStatements=true", "useServerPrepStmts=true",
			"useAffectedRows=true", "allowMultiQueries=true", "disablePipeline=true", "cachePrepStmts=false" })
	void doesNotDependOnSettingsOfTheDriver(String setting) {
		DriverManagerDataSource dataSource = (DriverManagerDataSource) Database.MARIADB.create();
		dataSource.setUrl(dataSource.getUrl() + "&" + setting);
		JdbcMessageTable table = Database.MARIADB.table(dataSource, "shop/chat", "me");
		List<MessageRow> rows = IntStream.range(0, 250).mapToObj((i) -> Rows.row("m" + i, "other")).toList();
		table.write(rows.subList(40, 50), List.of());
		Map<String, Long> positions = table.write(rows, List.of()).positions();
		assertThat(positions).hasSize(240);
		assertThat(rows.stream().map((row) -> positions.get(row.messageId())).filter(Objects::nonNull)).isSorted();
		table.write(List.of(),
				rows.stream()
					.filter((row) -> positions.containsKey(row.messageId()))
					.map((row) -> new RowKey(positions.get(row.messageId()), row.messageId()))
					.toList());
		assertThat(table.read(0, 1000, true).rows()).extracting(MessageRow::messageId)
			.containsExactlyElementsOf(rows.subList(40, 50).stream().map(MessageRow::messageId).toList());
	}

	@ParameterizedTest
	@ValueSource(ints = { Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ })
	void openTransactionBlocksNoOtherInsert(int isolation) throws SQLException {
		DataSource dataSource = Database.MARIADB.create();
		JdbcMessageTable table = Database.MARIADB.table(dataSource, "shop/chat", "me");
		try (Connection first = transaction(dataSource, isolation);
				Connection second = transaction(dataSource, isolation)) {
			table.insert(first, List.of(Rows.row("b", "other")));
			table.insert(second, List.of(Rows.row("a", "other"), Rows.row("c", "other")));
			assertThat(table.write(List.of(Rows.row("d", "me")), List.of()).positions()).containsOnlyKeys("d");
			second.commit();
			assertThat(table.read(0, 10, true).rows()).extracting(MessageRow::messageId).containsExactly("a", "c", "d");
			first.commit();
		}
	}

	@Test
	void writeThatEndsInADeadlockIsRepeated() throws SQLException {
		DataSource dataSource = Database.MARIADB.create();
		JdbcMessageTable table = Database.MARIADB.table(dataSource, "shop/chat", "me");
		try (Connection application = transaction(dataSource, Connection.TRANSACTION_REPEATABLE_READ)) {
			// the server ends the smaller one of two transactions
			table.insert(application, IntStream.range(0, 50).mapToObj((i) -> Rows.row("b" + i, "other")).toList());
			List<MessageRow> rows = List.of(Rows.row("a", "me"), Rows.row("b7", "me"), Rows.row("c", "me"));
			CompletableFuture<WriteResult> write = CompletableFuture.supplyAsync(() -> table.write(rows, List.of()));
			// only the database knows that the write waits for the transaction
			Awaitility.await().until(() -> Database.MARIADB.isBlocked(dataSource));
			table.insert(application, List.of(Rows.row("a", "other")));
			application.commit();
			assertThat(write).succeedsWithin(10, TimeUnit.SECONDS)
				.satisfies((result) -> assertThat(result.positions()).containsOnlyKeys("c"));
		}
	}

	private static Connection transaction(DataSource dataSource, int isolation) throws SQLException {
		Connection connection = dataSource.getConnection();
		connection.setTransactionIsolation(isolation);
		connection.setAutoCommit(false);
		// a test that blocks fails
		connection.createStatement().execute("SET innodb_lock_wait_timeout = 2");
		return connection;
	}

}
