package io.github.resilientws.internal.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what PostgreSQL makes of the statements.
 */
class PostgresMessageTableTests {

	@Test
	void statementsUseTheIndexThoughTheTableIsSmall() throws SQLException {
		DataSource database = Database.POSTGRESQL.create();
		JdbcTemplate jdbc = new JdbcTemplate(database);
		// PostgreSQL knows from now on that the table is empty
		jdbc.execute("VACUUM RESILIENT_WS_MESSAGE");
		long before = sequentialScans(jdbc);
		SingleConnectionDataSource connection = new SingleConnectionDataSource(database.getConnection(), true);
		JdbcMessageTable table = Database.POSTGRESQL.table(connection, "shop/chat", "me");
		List<RowKey> deleted = List.of();
		// often enough that the plans are kept
		for (int i = 0; i < 20; i++) {
			Map<String, Long> positions = table.write(List.of(Rows.row("m" + i, "me")), deleted).positions();
			deleted = List.of(new RowKey(positions.get("m" + i), "m" + i));
			table.read(0, 1000, true);
		}
		new JdbcTemplate(connection).execute("SELECT pg_stat_force_next_flush()");
		connection.destroy();
		assertThat(sequentialScans(jdbc)).isEqualTo(before);
	}

	private static long sequentialScans(JdbcTemplate jdbc) {
		return jdbc.queryForObject("SELECT SEQ_SCAN FROM pg_stat_user_tables"
				+ " WHERE RELNAME = 'resilient_ws_message' AND SCHEMANAME = current_schema()", Long.class);
	}

}
