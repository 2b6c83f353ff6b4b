package io.github.resilientws.internal.jdbc;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link LineReader} with many writers whose transactions overlap: no message is
 * lost, none is received that was rolled back, and one that was committed before another
 * was inserted comes first.
 */
class LineReaderStressTests {

	@ParameterizedTest
	@Databases
	void committedRowsAreReadOnceAndInOrder(Database database) throws Exception {
		run(database, Duration.ofSeconds(4));
	}

	@Tag("stress")
	@ParameterizedTest
	@Databases
	void committedRowsAreReadOnceAndInOrderForLong(Database database) throws Exception {
		run(database, Duration.ofSeconds(Long.getLong("stress.seconds", 60)));
	}

	private static void run(Database database, Duration duration) throws Exception {
		DataSource dataSource = database.create();
		int received = 0;
		try (StressedLine large = new StressedLine(database, dataSource, 500);
				StressedLine medium = new StressedLine(database, dataSource, 20);
				StressedLine small = new StressedLine(database, dataSource, 7)) {
			try (Connection foreign = dataSource.getConnection()) {
				openTransaction(foreign);
				pause(duration.dividedBy(2));
				assertThat(large.received()).as("received while another transaction was open").isGreaterThan(100);
				foreign.rollback();
			}
			pause(duration.dividedBy(2));
			for (StressedLine line : List.of(large, medium, small)) {
				assertThat(line.stop()).isEqualTo(StressHistory.Verdict.CLEAN);
				received += line.received();
			}
		}
		assertThat(new JdbcTemplate(dataSource).queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_MESSAGE", Long.class))
			.isZero();
		System.out.printf("%s: %d messages, lost 0, phantom 0, reordered 0, acausal 0%n", database, received);
	}

	private static void openTransaction(Connection connection) throws Exception {
		connection.setAutoCommit(false);
		connection.createStatement()
			.executeUpdate("INSERT INTO RESILIENT_WS_LINE (LINE, FENCE, NEXT_ID) VALUES ('foreign', 0, 0)");
	}

	// the duration of the load is the test
	private static void pause(Duration duration) throws InterruptedException {
		new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
	}

}
