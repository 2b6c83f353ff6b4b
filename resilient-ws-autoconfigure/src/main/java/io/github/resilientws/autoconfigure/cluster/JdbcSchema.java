package io.github.resilientws.autoconfigure.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;

import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.autoconfigure.config.JdbcProperties;
import io.github.resilientws.autoconfigure.config.JdbcProperties.SchemaInitialization;

/**
 * The tables that instances share: creates them if that is configured, and checks that
 * they exist.
 */
final class JdbcSchema {

	private static final Log logger = LogFactory.getLog(JdbcSchema.class);

	private static final String PLATFORM = "@@platform@@";

	private final DataSource dataSource;

	private final JdbcProperties properties;

	JdbcSchema(DataSource dataSource, JdbcProperties properties) {
		this.dataSource = dataSource;
		this.properties = properties;
	}

	/**
	 * Create the tables if that is configured, and check that they exist. A database that
	 * cannot be reached is not checked.
	 * @throws InvalidConfigurationException if the tables cannot be created or are
	 * missing
	 */
	void prepare() {
		SchemaInitialization when = this.properties.initializeSchema();
		if (when == SchemaInitialization.ALWAYS || (when == SchemaInitialization.EMBEDDED && isEmbedded())) {
			create();
		}
		check();
	}

	private boolean isEmbedded() {
		try {
			return EmbeddedDatabaseConnection.isEmbedded(this.dataSource);
		}
		catch (RuntimeException ex) {
			logger.debug("The database cannot be reached", ex);
			return false;
		}
	}

	private void create() {
		try {
			new PropertiesBasedDataSourceScriptDatabaseInitializer<>(this.dataSource,
					new Initialization(this.properties))
				.initializeDatabase();
		}
		catch (RuntimeException ex) {
			throw new InvalidConfigurationException(
					"The tables of clients that several instances share cannot be created by the script '"
							+ this.properties.schema() + "': " + ex.getMessage(),
					"Correct 'resilient-ws.jdbc.schema' or 'resilient-ws.jdbc.platform', or create the tables yourself and"
							+ " set 'resilient-ws.jdbc.initialize-schema' to never.",
					ex);
		}
	}

	private void check() {
		try (Connection connection = this.dataSource.getConnection()) {
			check(connection);
		}
		catch (SQLException ex) {
			logger.warn("The database of clients that several instances share cannot be reached: " + ex.getMessage());
		}
	}

	private void check(Connection connection) throws SQLException {
		for (String table : new String[] { "LINE", "INSTANCE", "MESSAGE", "ENDED" }) {
			String name = this.properties.tablePrefix() + table;
			try (Statement statement = connection.createStatement()) {
				statement.executeQuery("SELECT * FROM " + name + " WHERE 1 = 0").close();
			}
			catch (SQLException ex) {
				if (!connection.isValid(1)) {
					throw ex;
				}
				throw new InvalidConfigurationException(
						"The table " + name + ", which clients that several instances share need, cannot be read: "
								+ ex.getMessage(),
						"Run the script '" + this.properties.schema().replace(PLATFORM, platform(connection))
								+ "', or set 'resilient-ws.jdbc.initialize-schema' to always.",
						ex);
			}
		}
	}

	private String platform(Connection connection) throws SQLException {
		String given = this.properties.platform();
		return (given != null) ? given
				: DatabaseDriver.fromProductName(connection.getMetaData().getDatabaseProductName()).getId();
	}

	/**
	 * The properties as the initializer reads them.
	 */
	private static final class Initialization extends DatabaseInitializationProperties {

		Initialization(JdbcProperties properties) {
			setSchema(properties.schema());
			String platform = properties.platform();
			if (platform != null) {
				setPlatform(platform);
			}
			setInitializeSchema(DatabaseInitializationMode.ALWAYS);
		}

		@Override
		public String getDefaultSchemaLocation() {
			return JdbcProperties.SCHEMA;
		}

	}

}
