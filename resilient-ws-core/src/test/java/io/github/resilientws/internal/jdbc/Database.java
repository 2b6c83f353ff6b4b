package io.github.resilientws.internal.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The databases that the tests of the store and of the election run against.
 */
public enum Database {

	POSTGRESQL {

		// a schema is created faster than a database
		@Override
		DataSource create(String name) {
			new JdbcTemplate(Server.INSTANCE.getPostgresDatabase()).execute("CREATE SCHEMA " + name);
			return Server.INSTANCE.getDatabase("postgres", "postgres", Map.of("currentSchema", name));
		}

		@Override
		public JdbcMessageTable table(DataSource dataSource, String line, String origin) {
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
		public JdbcMessageTable table(DataSource dataSource, String line, String origin) {
			return new GenericMessageTable(dataSource, "RESILIENT_WS_", line, origin, "H2");
		}

	},

	MARIADB {

		@Override
		DataSource create(String name) {
			new JdbcTemplate(mariaDb("")).execute("CREATE DATABASE " + name);
			return mariaDb(name);
		}

		@Override
		public JdbcMessageTable table(DataSource dataSource, String line, String origin) {
			return new GenericMessageTable(dataSource, "RESILIENT_WS_", line, origin, "MariaDB");
		}

	};

	/**
	 * Names the server in a URL of JDBC without a database, such as
	 * "jdbc:mariadb://localhost/?user=root".
	 */
	public static final String MARIADB_URL = "mariadb.url";

	/**
	 * Return the databases that tests run with: MariaDB alone if a server is given.
	 * @return the databases
	 */
	static List<Database> selected() {
		return (System.getProperty(MARIADB_URL) != null) ? List.of(MARIADB) : List.of(POSTGRESQL, H2);
	}

	private static DataSource mariaDb(String name) {
		String url = System.getProperty(MARIADB_URL).replace("/?", "/" + name + "?");
		return new DriverManagerDataSource(url);
	}

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

	/**
	 * Return whether a statement waits for a lock.
	 * @param dataSource the database
	 * @return whether one waits
	 */
	boolean isBlocked(DataSource dataSource) {
		String sql = switch (this) {
			case POSTGRESQL -> "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
			case H2 -> "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT LIKE 'INSERT%'";
			case MARIADB -> "SELECT COUNT(*) FROM INFORMATION_SCHEMA.INNODB_TRX WHERE TRX_STATE = 'LOCK WAIT'";
		};
		return new JdbcTemplate(dataSource).queryForObject(sql, Integer.class) > 0;
	}

	abstract DataSource create(String name);

	/**
	 * Return the table of messages in the dialect of this database.
	 * @param dataSource the database
	 * @param line the line
	 * @param origin the id of the instance
	 * @return the table
	 */
	public abstract JdbcMessageTable table(DataSource dataSource, String line, String origin);

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
