package io.github.resilientws.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three JVMs share a line and its messages, and the owner is killed, frozen or stopped
 * while all of them send. Run by {@code .ci/run}; {@code -Dshared.runs=10} makes it
 * longer.
 */
@Tag("cluster")
@ParameterizedClass
@Databases
class LostSharedOwnerTests {

	private static final int RUNS = Integer.getInteger("shared.runs", 1);

	private final SharedLine line;

	private int started;

	LostSharedOwnerTests(Database database, @TempDir Path directory) {
		this.line = new SharedLine(SharedDatabase.create(database), directory);
	}

	@BeforeEach
	void start() throws Exception {
		for (int i = 0; i < 3; i++) {
			startSender();
		}
		this.line.awaitOwner();
	}

	@AfterEach
	void stop() throws IOException {
		this.line.close();
	}

	@Test
	@Timeout(400)
	void nothingIsLostWhenTheOwnerIsKilled() throws Exception {
		List<Duration> times = new ArrayList<>();
		for (int run = 0; run < RUNS; run++) {
			this.line.awaitFrame(SharedLine.TAKE_OVER);
			String killed = this.line.owner();
			long begun = System.nanoTime();
			this.line.process(killed).kill();
			this.line.awaitOtherOwner(killed, SharedLine.TAKE_OVER);
			times.add(Duration.ofNanos(System.nanoTime() - begun));
			this.line.ended(killed);
			startSender();
		}
		print("take-over after kill -9", times);
		this.line.assertClean(this.line.finish(), RUNS);
	}

	@Test
	@Timeout(400)
	void frozenOwnerWritesNothingAfterAnotherOneHasWritten() throws Exception {
		for (int run = 0; run < RUNS; run++) {
			this.line.awaitFrame(SharedLine.TAKE_OVER);
			String frozen = this.line.owner();
			String other = this.line.instances()
				.stream()
				.filter((one) -> !one.equals(frozen))
				.findFirst()
				.orElseThrow();
			long answers = this.line.answers(other);
			this.line.process(other).write("burst 1000");
			await("the owner has a backlog").pollDelay(Duration.ofMillis(200)).until(() -> true);
			this.line.process(frozen).signal("STOP");
			await("two leases").pollDelay(SharedClient.LEASE.multipliedBy(2))
				.atMost(SharedClient.LEASE.multipliedBy(3))
				.until(() -> true);
			this.line.awaitOtherOwner(frozen, SharedLine.SLACK);
			this.line.process(frozen).signal("CONT");
			await("it could write now").pollDelay(Duration.ofMillis(500)).until(() -> true);
			this.line.awaitAnswers(other, answers + 1);
		}
		this.line.assertClean(this.line.finish(), RUNS);
		this.line.assertOwnersWriteInTurn();
	}

	@Test
	@Timeout(400)
	void rollingRestartHandsTheLineOver() throws Exception {
		int rounds = Math.max(1, RUNS / 2);
		List<Duration> times = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			for (String stopped : this.line.instances()) {
				boolean owner = stopped.equals(this.line.owner());
				long begun = System.nanoTime();
				Thread ending = new Thread(() -> terminate(stopped));
				ending.start();
				if (owner) {
					this.line.awaitOtherOwner(stopped, Duration.ofSeconds(1).plus(SharedLine.SLACK));
					times.add(Duration.ofNanos(System.nanoTime() - begun));
				}
				ending.join();
				// a row that stays would mean that the others wait for the end of the
				// lease
				assertThat(this.line.liveInstances()).isEqualTo(2);
				this.line.ended(stopped);
				startSender();
			}
		}
		print("hand-over", times);
		this.line.assertClean(this.line.finish(), 0);
		this.line.assertOwnersWriteInTurn();
		assertThat(times).hasSizeGreaterThanOrEqualTo(rounds);
	}

	private void startSender() throws Exception {
		String instance = "i" + this.started++;
		this.line.start(instance);
		this.line.ask(instance, "send 3 3");
	}

	private void terminate(String instance) {
		try {
			this.line.process(instance).endBy("TERM");
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void print(String what, List<Duration> times) {
		System.out.printf("%s: %d, at most %s%n", what, times.size(),
				times.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO));
	}

}
