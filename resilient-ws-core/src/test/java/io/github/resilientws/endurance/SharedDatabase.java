package io.github.resilientws.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.tools.Server;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.resilientws.internal.jdbc.Database;

/**
 * A database with the tables of the store, which JVMs reach at a port of this machine.
 *
 * @param product its product
 * @param port port of its server
 * @param name its name
 */
record SharedDatabase(Database product, int port, String name) {

	/**
	 * Create a database on a server that tests share.
	 * @param product its product
	 * @return the database
	 */
	static SharedDatabase create(Database product) {
		return create(product, switch (product) {
			case POSTGRESQL -> PostgresServer.INSTANCE.getPort();
			case H2 -> H2Server.INSTANCE.getPort();
			case MARIADB -> URI.create(System.getProperty(Database.MARIADB_URL).substring("jdbc:".length())).getPort();
		});
	}

	/**
	 * Create a database.
	 * @param product its product
	 * @param port port of its server
	 * @return the database
	 */
	static SharedDatabase create(Database product, int port) {
		SharedDatabase created = new SharedDatabase(product, port, "line" + System.nanoTime());
		// a database of H2 is created by the first connection
		if (product != Database.H2) {
			String server = (product == Database.POSTGRESQL) ? "postgres" : "";
			new SharedDatabase(product, port, server).jdbc().execute("CREATE DATABASE " + created.name);
		}
		JdbcTemplate jdbc = created.jdbc();
		String script = "schema-" + product.name().toLowerCase() + ".sql";
		new ResourceDatabasePopulator(new ClassPathResource("io/github/resilientws/store/jdbc/" + script))
			.execute(jdbc.getDataSource());
		jdbc.execute("CREATE TABLE BUSINESS (ID VARCHAR(100) PRIMARY KEY)");
		return created;
	}

	JdbcTemplate jdbc() {
		return new JdbcTemplate(new DriverManagerDataSource(url(this.port)));
	}

	/**
	 * Return the URL of the database.
	 * @param port the port by which it is reached
	 * @return a URL of JDBC
	 */
	String url(int port) {
		String pattern = switch (this.product) {
			// statements are not prepared by name, so that each request contains its SQL
			case POSTGRESQL -> "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&sslmode=disable&prepareThreshold=0";
			case H2 -> "jdbc:h2:tcp://127.0.0.1:%d/mem:%s;DB_CLOSE_DELAY=-1";
			case MARIADB -> "jdbc:mariadb://127.0.0.1:%d/%s?user=root";
		};
		return pattern.formatted(port, this.name);
	}

	private static final class PostgresServer {

		// its own hook stops it
		static final EmbeddedPostgres INSTANCE = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private static final class H2Server {

		static final Server INSTANCE = start();

		private static Server start() {
			try {
				return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists").start();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
