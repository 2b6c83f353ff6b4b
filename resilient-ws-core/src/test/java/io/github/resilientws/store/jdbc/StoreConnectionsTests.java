package io.github.resilientws.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.TransactionRunner;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.StoreMonitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections of the stores beside the pool of the application.
 */
class StoreConnectionsTests {

	private static final StoreSettings SETTINGS = StoreSettings.MEMORY.withKind(StoreSettings.Kind.JDBC);

	private final DataSource database = Database.H2.create();

	private final AtomicLong time = new AtomicLong();

	private final StoreConnections connections = new StoreConnections(this.database, this.time::get);

	private final TransactionRunner runner = new TransactionRunner(this.connections);

	@AfterEach
	void close() {
		this.connections.close();
	}

	@Test
	void storeDoesNotWaitForThePool() throws SQLException {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(this.database);
			pool.setMaximumPoolSize(1);
			try (JdbcOutboxStoreFactory factory = new JdbcOutboxStoreFactory(pool, this.database, "shop",
					"RESILIENT_WS_", StoreMonitor.NONE); Connection borrowed = pool.getConnection()) {
				JdbcOutboxStore store = factory.create("chat", SETTINGS, InstantSource.system());
				assertThat(store.append(StoreFixture.messages("a"))).succeedsWithin(Duration.ofSeconds(10));
				store.close(Duration.ZERO);
				assertThat(borrowed.isClosed()).isFalse();
			}
		}
	}

	@Test
	void connectionIsUsedAgain() {
		assertThat(session()).isEqualTo(session());
		assertThat(sessions()).isOne();
	}

	@Test
	void connectionThatTheDatabaseHasEndedIsReplaced() {
		int before = session();
		advance(Duration.ofSeconds(1));
		new JdbcTemplate(this.database).queryForObject("SELECT ABORT_SESSION(?)", Boolean.class, before);
		assertThat(session()).isNotEqualTo(before);
	}

	@Test
	void connectionThatFailedIsNotKept() {
		this.runner.executeStatement("Close", (connection) -> {
			connection.close();
			return true;
		});
		assertThat(session()).isPositive();
	}

	@Test
	void connectionsThatAreNotNeededAreClosed() {
		this.runner.executeStatement("Use two connections", (connection) -> session());
		assertThat(sessions()).isEqualTo(2);
		advance(Duration.ofSeconds(20));
		session();
		advance(Duration.ofSeconds(20));
		session();
		assertThat(sessions()).isOne();
	}

	@Test
	void closedSourceKeepsNoConnection() {
		this.runner.executeStatement("Close the source", (connection) -> {
			session();
			this.connections.close();
			return true;
		});
		assertThat(sessions()).isZero();
	}

	private void advance(Duration duration) {
		this.time.addAndGet(duration.toNanos());
	}

	private int session() {
		return this.runner.executeStatement("Read the session", (connection) -> {
			try (ResultSet results = connection.createStatement().executeQuery("SELECT SESSION_ID()")) {
				results.next();
				return results.getInt(1);
			}
		});
	}

	// without that of the question
	private int sessions() {
		return new JdbcTemplate(this.database).queryForObject("SELECT COUNT(*) - 1 FROM INFORMATION_SCHEMA.SESSIONS",
				Integer.class);
	}

}
