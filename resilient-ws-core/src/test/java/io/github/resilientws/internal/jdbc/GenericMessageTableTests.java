package io.github.resilientws.internal.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GenericMessageTable} without a database that rolls back at will.
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

	/** Its first inserts end with a transaction that is rolled back. */
	private static final class RollingBackDataSource extends DelegatingDataSource {

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
						return method.invoke(connection, arguments);
					});
		}

	}

}
