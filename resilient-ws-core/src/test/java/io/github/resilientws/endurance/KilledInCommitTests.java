package io.github.resilientws.endurance;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM is killed when it commits a transaction in which it has sent messages: before the
 * database gets the commit, then before it answers, then before the JVM gets the answer.
 * Run by {@code .ci/run}; {@code -Dcommit.runs=20} makes it longer.
 */
@Tag("cluster")
class KilledInCommitTests {

	private static final int RUNS = Integer.getInteger("commit.runs", 9);

	@TempDir
	Path directory;

	@Test
	@Timeout(300)
	void messageIsStoredExactlyIfTheBusinessRowIs() throws Exception {
		try (SharedLine line = new SharedLine(this.directory)) {
			for (int run = 0; run < RUNS; run++) {
				kill(line, "i" + run, run % 3);
			}

			List<String> different = line.jdbc().queryForList("""
					SELECT COALESCE(ID, MESSAGE_ID) FROM BUSINESS
					FULL OUTER JOIN RESILIENT_WS_MESSAGE ON ID = MESSAGE_ID
					WHERE ID IS NULL OR MESSAGE_ID IS NULL""", String.class);
			assertThat(different).isEmpty();
			assertThat(line.rows()).isPositive();
		}
	}

	private static void kill(SharedLine line, String instance, int variant) throws Exception {
		line.start(instance, "offline=true");
		JvmProcess process = line.process(instance);
		DatabaseProxy.Action action = (request) -> {
			if (variant > 0) {
				request.pass();
			}
			if (variant > 1) {
				request.awaitAnswer();
			}
			process.kill();
		};
		line.ask(instance, "send 0 1");
		line.awaitRows(instance);
		assertThat(line.proxy(instance).breakAt("COMMIT", action).await(30, TimeUnit.SECONDS)).isTrue();
		line.ended(instance);
	}

}
