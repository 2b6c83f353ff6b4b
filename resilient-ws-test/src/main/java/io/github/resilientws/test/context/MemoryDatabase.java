package io.github.resilientws.test.context;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Databases of H2 in memory, of which each has a name of its own and lives until it is
 * dropped.
 */
final class MemoryDatabase {

	static final String DRIVER = "org.h2.Driver";

	static final String USER = "sa";

	private static final String PREFIX = "jdbc:h2:mem:instances-";

	private static final String OPTIONS = ";DB_CLOSE_DELAY=-1";

	private MemoryDatabase() {
	}

	static String newUrl() {
		return PREFIX + UUID.randomUUID() + OPTIONS;
	}

	/**
	 * Drop a database. Has no effect on other databases.
	 * @param url its URL
	 */
	static void drop(String url) {
		if (!url.startsWith(PREFIX)) {
			return;
		}
		// not created again if no instance has opened it
		try (Connection connection = DriverManager.getConnection(url + ";IFEXISTS=TRUE", USER, "");
				Statement statement = connection.createStatement()) {
			statement.execute("SHUTDOWN");
		}
		catch (SQLException ex) {
			// it does not exist
		}
	}

}
