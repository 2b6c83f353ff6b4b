package io.github.resilientws.endurance;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Senders of three JVMs send to one line, in transactions that overlap and without. Run
 * by {@code .ci/run}; {@code -Dstress.seconds=60} makes it longer.
 */
@Tag("cluster")
class OverlappingTransactionsTests {

	private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("stress.seconds", 20));

	private static final List<String> INSTANCES = List.of("a", "b", "c");

	@TempDir
	Path directory;

	@ParameterizedTest
	@Databases
	@Timeout(300)
	void messagesArriveInTheOrderOfTheirCommits(Database database) throws Exception {
		try (SharedLine line = new SharedLine(SharedDatabase.create(database), this.directory);
				Connection foreign = line.jdbc().getDataSource().getConnection();
				Statement statement = foreign.createStatement()) {
			foreign.setAutoCommit(false);
			statement.executeUpdate("INSERT INTO BUSINESS (ID) VALUES ('foreign')");
			for (String instance : INSTANCES) {
				line.start(instance);
				assertSameClock(line, instance);
			}
			for (String instance : INSTANCES) {
				line.ask(instance, "send 5 6");
			}
			await("senders send").pollDelay(DURATION).atMost(DURATION.multipliedBy(2)).until(() -> true);
			SharedHistory history = line.finish();
			foreign.rollback();

			line.assertClean(history, 0);
			assertThat(line.handshakes()).hasSize(1);
			assertThat(history.messages()).hasSizeGreaterThan(1000);
			assertThat(history.messages()).anyMatch((message) -> "ROLLED_BACK".equals(message.failure));
		}
	}

	// on Linux it is the time since the start of the machine
	private static void assertSameClock(SharedLine line, String instance) throws Exception {
		long before = System.nanoTime();
		long there = Long.parseLong(line.ask(instance, "time"));
		assertThat(there).as("monotonic time of another JVM").isBetween(before, System.nanoTime());
	}

}
