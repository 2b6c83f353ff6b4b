package io.github.resilientws.internal.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GenericMessageTable} on H2, which rolls back when a test says so.
 */
class GenericMessageTableTests {

	private final RollingBackDataSource dataSource = new RollingBackDataSource(Database.H2.create());

	private final JdbcMessageTable table = Database.H2.table(this.dataSource, "shop/chat", "me");

	@Test
	void writeThatTheDatabaseRolledBackIsRepeated() {
		this.dataSource.failures = 1;
		assertThat(this.table.write(List.of(Rows.row("a", "me")), List.of()).positions()).containsOnlyKeys("a");
	}

	@Test
	void writeThatTheDatabaseRolledBackTwiceFails() {
		this.dataSource.failures = 2;
		assertThatExceptionOfType(PessimisticLockingFailureException.class)
			.isThrownBy(() -> this.table.write(List.of(Rows.row("a", "me")), List.of()));
		assertThat(this.table.read(0, 10, true).rows()).isEmpty();
	}

	@Test
	void h2FindsRowsByBothColumnsOfAnIndex() {
		Map<String, Long> positions = this.table.write(List.of(Rows.row("a", "me"), Rows.row("b", "me")), List.of())
			.positions();
		List<RowKey> rows = positions.entrySet()
			.stream()
			.map((entry) -> new RowKey(entry.getValue(), entry.getKey()))
			.toList();
		this.table.write(List.of(), rows);
		this.table.read(0, 10, true);
		assertThat(this.dataSource.plans("SELECT", "DELETE")).satisfiesExactly(
				(find) -> assertThat(find).contains("CONSTRAINT_INDEX", "IN(ROW ("),
				(delete) -> assertThat(delete).contains("PRIMARY_KEY", "IN(ROW ("),
				(read) -> assertThat(read).contains("PRIMARY_KEY", "index sorted"));
	}

	@Test
	void h2FindsMessagesOfInstancesByBothColumnsOfAnIndex() {
		EndedTable ended = new EndedTable(this.table, "RESILIENT_WS_");
		this.table.findOwn(List.of("a"));
		this.table.readPayloads(List.of("a"));
		ended.find(List.of("a"));
		ended.discard(List.of("a"));
		ended.deleteFailures(List.of("a"));
		assertThat(this.dataSource.plans("SELECT", "DELETE")).hasSize(5)
			.allSatisfy((plan) -> assertThat(plan).containsPattern("/\\* PUBLIC\\.\\w+: +IN\\(ROW")
				.doesNotContainPattern("/\\* PUBLIC\\.\\w+: +LINE"));
	}

	/** Its first inserts end with a transaction that is rolled back. */
	private static final class RollingBackDataSource extends DelegatingDataSource {

		private final List<String> statements = new ArrayList<>();

		private int failures;

		private RollingBackDataSource(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("prepareStatement") && this.failures > 0) {
							this.failures--;
							throw new SQLTransactionRollbackException("Deadlock found", "40001");
						}
						if (method.getName().equals("prepareStatement")) {
							this.statements.add((String) arguments[0]);
						}
						return method.invoke(connection, arguments);
					});
		}

		private List<String> plans(String... kinds) {
			JdbcTemplate jdbc = new JdbcTemplate(obtainTargetDataSource());
			return this.statements.stream()
				.filter((sql) -> Arrays.stream(kinds).anyMatch(sql::startsWith))
				.map((sql) -> jdbc.queryForObject("EXPLAIN " + sql, String.class,
						Collections.nCopies((int) sql.chars().filter((one) -> one == '?').count(), 0).toArray()))
				.toList();
		}

	}

}
