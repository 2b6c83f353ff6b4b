package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tables in the database of the application.
 *
 * @param initializeSchema When to create the tables.
 * @param schema Script that creates the tables; @@platform@@ stands for the platform.
 * @param platform Platform of the script, such as postgresql; detected if absent.
 * @param tablePrefix Prefix of the names of the tables; another one than that of the
 * script needs initialize-schema never.
 */
public record JdbcProperties(@DefaultValue("embedded") SchemaInitialization initializeSchema,
		@DefaultValue(JdbcProperties.SCHEMA) String schema, @Nullable String platform,
		@DefaultValue("RESILIENT_WS_") String tablePrefix) {

	/** The script of each platform. */
	public static final String SCHEMA = "classpath:io/github/resilientws/store/jdbc/schema-@@platform@@.sql";

	/**
	 * When to create the tables.
	 */
	public enum SchemaInitialization {

		/** If the database is embedded. */
		EMBEDDED,

		/** At each start. */
		ALWAYS,

		/** Never. */
		NEVER

	}

}
