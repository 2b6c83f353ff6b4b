package io.github.resilientws.store.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.StoreHeldException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a killed process loses nothing that it was promised. The tagged ones are run
 * by {@code .ci/run}; {@code -Dcrash.runs=100} makes them longer.
 */
class CrashTests {

	@TempDir
	Path directory;

	@Test
	void refusesASecondProcessAndNamesTheFirst() throws Exception {
		Process process = StoreProcess.start(this.directory, Sync.INTERVAL, 0);
		try (BufferedReader reader = process.inputReader()) {
			assertThat(reader.readLine()).isEqualTo("held");
			assertThatExceptionOfType(StoreHeldException.class).isThrownBy(() -> open(this.directory))
				.withMessageContaining(this.directory.resolve("chat").toString())
				.withMessageContaining("process " + process.pid());
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		open(this.directory).close();
	}

	@ParameterizedTest
	@EnumSource(names = { "ALWAYS", "INTERVAL" })
	void killedProcessLosesNothing(Sync sync) throws Exception {
		kill(sync, 1);
	}

	@Tag("crash")
	@ParameterizedTest
	@EnumSource
	void processKilledManyTimesLosesNothing(Sync sync) throws Exception {
		kill(sync, Integer.getInteger("crash.runs", 10));
	}

	private void kill(Sync sync, int runs) throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Path live = this.directory.resolve("live");
		Set<Long> expected = new HashSet<>();
		Set<Long> gone = new HashSet<>();
		int accepted = 0;
		int back = 0;
		for (int run = 0; run < runs; run++) {
			Promises promises = new Promises();
			int senders = (run % 2 == 0) ? 16 : 1;
			Process process = StoreProcess.start(live, sync, senders);
			try (BufferedReader reader = process.inputReader()) {
				assertThat(reader.readLine()).isEqualTo("held");
				Thread killer = new Thread(() -> kill(process, random.nextInt(20, 600)));
				killer.start();
				promises.read(reader);
				killer.join();
			}
			finally {
				process.destroyForcibly().waitFor();
			}
			expected.addAll(promises.kept().keySet());
			gone.addAll(promises.removed());
			accepted += promises.accepted();
			Set<Long> recovered = recoverCopy(live, run);
			assertThat(expected).as("lost; seed %d, run %d", seed, run).allMatch(recovered::contains);
			assertThat(gone).as("removed and back; seed %d, run %d", seed, run).noneMatch(recovered::contains);
			recovered.removeAll(expected);
			back += recovered.size();
			// unknown to the parent, known to the next process
			expected.addAll(recovered);
		}
		System.out.printf("%s: %d runs, %d accepted, lost 0, unforced or unreported ones back %d%n", sync, runs,
				accepted, back);
	}

	/**
	 * Recover from a copy, so that the next process finds the file as the kill left it.
	 */
	private Set<Long> recoverCopy(Path live, int run) throws IOException {
		Path copy = Files.createDirectory(this.directory.resolve("copy" + run));
		try (Stream<Path> files = Files.list(live)) {
			for (Path file : files.toList()) {
				Files.copy(file, copy.resolve(file.getFileName()));
			}
		}
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger("io.github.resilientws.store");
		log.start();
		logger.addAppender(log);
		RecordStore store = open(copy);
		List<StoredRecord> all = new ArrayList<>();
		store.recover(all::add);
		assertThat(all).allMatch(StoreProcess::isWhole, "is whole");
		assertThat(all).extracting(StoredRecord::position).isSorted();
		assertThat(store.getProblem()).isNull();
		store.close();
		logger.detachAppender(log);
		assertThat(log.list).as("a kill is no damage").noneMatch((event) -> event.getLevel() == Level.WARN);
		Set<Long> positions = new HashSet<>();
		all.forEach((one) -> positions.add(one.position()));
		return positions;
	}

	private static RecordStore open(Path directory) throws IOException {
		return new FileOutboxStoreFactory(directory, Sync.INTERVAL, Duration.ofMillis(10)).openRecords("chat");
	}

	private static void kill(Process process, int millis) {
		try {
			process.waitFor(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		// unlike Process.destroyForcibly it leaves the output to be read
		process.toHandle().destroyForcibly();
	}

}
