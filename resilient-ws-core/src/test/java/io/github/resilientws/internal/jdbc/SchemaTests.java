package io.github.resilientws.internal.jdbc;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the scripts that create the tables.
 */
class SchemaTests {

	private static final String[] MESSAGE = { "POSITION", "LINE", "MESSAGE_ID", "ORIGIN", "FORMAT", "MESSAGE_KEY",
			"ACCEPTED", "EXPIRES", "IS_TEXT", "PAYLOAD" };

	@ParameterizedTest
	@EnumSource
	void createsTheTables(Database database) {
		JdbcTemplate jdbc = new JdbcTemplate(database.create());
		assertThat(columns(jdbc, "MESSAGE")).endsWith(MESSAGE);
		assertThat(columns(jdbc, "ENDED")).containsExactly("LINE", "MESSAGE_ID", "REASON", "ORIGIN", "DETAIL",
				"ATTEMPTS", "SINCE", "ACCEPTED", "IS_TEXT", "PAYLOAD");
		assertThat(columns(jdbc, "LINE")).containsExactly("LINE", "OWNER", "FENCE", "STATE", "NEXT_ID");
		assertThat(columns(jdbc, "INSTANCE")).containsExactly("INSTANCE", "GROUP_NAME", "BEAT", "NAME", "FORMAT",
				"LINES_HASH");
	}

	// defaults are evaluated in the order of the columns
	@Test
	void transactionHasItsIdBeforeItDrawsAPosition() {
		JdbcTemplate jdbc = new JdbcTemplate(Database.POSTGRESQL.create());
		assertThat(columns(jdbc, "MESSAGE")).startsWith("XID", "POSITION");
	}

	private static List<String> columns(JdbcTemplate jdbc, String table) {
		return jdbc.queryForList("""
				SELECT UPPER(COLUMN_NAME) FROM INFORMATION_SCHEMA.COLUMNS
				WHERE UPPER(TABLE_NAME) = ? ORDER BY ORDINAL_POSITION
				""", String.class, "RESILIENT_WS_" + table);
	}

}
