package io.github.resilientws.endurance;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM is killed when it commits a transaction in which it has sent messages: before the
 * database gets the commit, then before it answers, then before the JVM gets the answer.
 * Run by {@code .ci/run}; {@code -Dcommit.runs=20} makes it longer.
 */
@Tag("cluster")
class KilledInCommitTests {

	/** Rows without a message, and messages without a row. */
	private static final String DIFFERENT = """
			SELECT ID FROM BUSINESS WHERE ID NOT IN (SELECT MESSAGE_ID FROM RESILIENT_WS_MESSAGE)
			UNION ALL
			SELECT MESSAGE_ID FROM RESILIENT_WS_MESSAGE WHERE MESSAGE_ID NOT IN (SELECT ID FROM BUSINESS)""";

	@TempDir
	Path directory;

	@ParameterizedTest
	@Databases
	@Timeout(600)
	void messageIsStoredExactlyIfTheBusinessRowIs(Database database) throws Exception {
		int runs = Integer.getInteger("commit.runs", (database == Database.POSTGRESQL) ? 5 : 3);
		// a commit of H2 has no text, so there it is the next request
		String request = (database == Database.H2) ? "" : "COMMIT";
		try (SharedLine line = new SharedLine(SharedDatabase.create(database), this.directory)) {
			for (int run = 0; run < runs; run++) {
				kill(line, "i" + run, request, run % 3);
			}

			assertThat(line.jdbc().queryForList(DIFFERENT, String.class)).isEmpty();
			assertThat(line.rows()).isPositive();
		}
	}

	private static void kill(SharedLine line, String instance, String request, int variant) throws Exception {
		line.start(instance, "offline=true");
		JvmProcess process = line.process(instance);
		DatabaseProxy.Action action = (commit) -> {
			if (variant > 0) {
				commit.pass();
			}
			if (variant > 1) {
				commit.awaitAnswer();
			}
			process.kill();
		};
		line.ask(instance, "send 0 1");
		line.awaitRows(instance);
		assertThat(line.proxy(instance).breakAt(request, action).await(30, TimeUnit.SECONDS)).isTrue();
		line.ended(instance);
	}

}
