package io.github.resilientws.internal.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the scripts that create the tables.
 */
class SchemaTests {

	private static final String[] MESSAGE = { "POSITION", "LINE", "MESSAGE_ID", "ORIGIN", "FORMAT", "MESSAGE_KEY",
			"ACCEPTED", "EXPIRES", "IS_TEXT", "PAYLOAD" };

	@ParameterizedTest
	@Databases
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

	@ParameterizedTest
	@ValueSource(strings = { "db2", "mariadb", "mysql", "oracle", "sqlserver" })
	void scriptsHaveTheSameTables(String platform) throws IOException {
		assertThat(names(platform)).isEqualTo(names("h2"));
	}

	private static List<String> names(String platform) throws IOException {
		String script = new ClassPathResource("io/github/resilientws/store/jdbc/schema-" + platform + ".sql")
			.getContentAsString(StandardCharsets.UTF_8);
		return Pattern.compile("^(CREATE .*|\\t(?!KEY)[A-Z_]+|\\).*;)", Pattern.MULTILINE)
			.matcher(script)
			.results()
			.map((result) -> result.group().replaceFirst("^\\).*", ");"))
			.toList();
	}

	private static List<String> columns(JdbcTemplate jdbc, String table) {
		return jdbc.query("SELECT * FROM RESILIENT_WS_" + table + " WHERE 1 = 0", (results) -> {
			List<String> columns = new ArrayList<>();
			for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
				columns.add(results.getMetaData().getColumnName(i).toUpperCase(Locale.ROOT));
			}
			return columns;
		});
	}

}
