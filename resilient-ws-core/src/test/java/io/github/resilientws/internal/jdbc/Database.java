package io.github.resilientws.internal.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The databases that the tests of the store and of the election run against.
 */
public enum Database {

	POSTGRESQL {

		@Override
		DataSource create(String name) {
			new JdbcTemplate(Server.INSTANCE.getPostgresDatabase()).execute("CREATE DATABASE " + name);
			return Server.INSTANCE.getDatabase("postgres", name);
		}

		@Override
		JdbcMessageTable table(DataSource dataSource, String line, String origin) {
			return new PostgresMessageTable(dataSource, "RESILIENT_WS_", line, origin);
		}

	},

	H2 {

		@Override
		DataSource create(String name) {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000");
			return dataSource;
		}

		@Override
		JdbcMessageTable table(DataSource dataSource, String line, String origin) {
			return new GenericMessageTable(dataSource, "RESILIENT_WS_", line, origin);
		}

	};

	/**
	 * Create a database with the tables of the store.
	 * @return opens a new connection for each call
	 */
	public DataSource create() {
		DataSource dataSource = create("test_" + UUID.randomUUID().toString().replace("-", ""));
		String script = "schema-" + name().toLowerCase() + ".sql";
		new ResourceDatabasePopulator(new ClassPathResource("io/github/resilientws/store/jdbc/" + script))
			.execute(dataSource);
		return dataSource;
	}

	abstract DataSource create(String name);

	abstract JdbcMessageTable table(DataSource dataSource, String line, String origin);

	/** Starts with its first use, and stops with the JVM. */
	private static final class Server {

		static final EmbeddedPostgres INSTANCE = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
