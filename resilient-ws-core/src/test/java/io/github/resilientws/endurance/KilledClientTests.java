package io.github.resilientws.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The JVM of a client with a file store is killed while it sends, and started again. Run
 * by {@code .ci/run}; {@code -Dcrash.runs=100} makes it longer.
 */
@Tag("crash")
class KilledClientTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	// many times what a removal waits for its commit
	private static final Duration QUIET = Duration.ofSeconds(2);

	private final long seed = System.nanoTime();

	private final Random random = new Random(this.seed);

	private final Map<String, Integer> accepted = new HashMap<>();

	@TempDir
	Path directory;

	@Test
	@Timeout(180)
	void whatAKilledClientAcceptedArrives() throws Exception {
		kill(Sync.INTERVAL, true, 1);
	}

	@ParameterizedTest
	@EnumSource
	void whatAClientAcceptedThatWasKilledManyTimesArrives(Sync sync) throws Exception {
		kill(sync, false, Integer.getInteger("crash.runs", 5));
	}

	private void kill(Sync sync, boolean ownIds, int runs) throws Exception {
		try (ForgetfulServer server = new ForgetfulServer(this.seed)) {
			for (int run = 0; run < runs; run++) {
				run(server, sync, ownIds, run);
			}
			server.beReliable();
			drain(server, sync, ownIds);
			check(server, sync, ownIds, runs);
			int frames = server.frames();
			await().pollDelay(QUIET).until(() -> true);
			drain(server, sync, ownIds);
			assertThat(server.frames()).as("acknowledged long before the kill, and sent again").isEqualTo(frames);
		}
	}

	// kills it when it sends, one time of three without a server for a while
	private void run(ForgetfulServer server, Sync sync, boolean ownIds, int run) throws Exception {
		try (JvmProcess client = start(server, sync, ownIds, run, 3)) {
			await().atMost(LIMIT).until(() -> client.lines().size() > 1);
			boolean offline = run % 3 == 1;
			pause();
			if (offline) {
				server.server().stop();
				pause();
			}
			List<String> lines = client.kill();
			if (offline) {
				server.server().restart();
			}
			lines.stream().filter((line) -> line.startsWith("A ")).map((line) -> line.split(" ")).forEach((parts) -> {
				int number = Integer.parseInt(parts[2]);
				assertThat(number).isEqualTo(this.accepted.getOrDefault(parts[1], -1) + 1);
				this.accepted.put(parts[1], number);
			});
		}
	}

	private void pause() {
		await().pollDelay(Duration.ofMillis(this.random.nextInt(50, 800))).until(() -> true);
	}

	private void drain(ForgetfulServer server, Sync sync, boolean ownIds) throws Exception {
		try (JvmProcess client = start(server, sync, ownIds, -1, 0)) {
			await().atMost(LIMIT).until(() -> client.lines().contains("drained"));
			await().pollDelay(QUIET).until(() -> true);
			client.kill();
		}
	}

	private JvmProcess start(ForgetfulServer server, Sync sync, boolean ownIds, int run, int senders)
			throws IOException {
		return JvmProcess.start(KilledClient.class, server.server().url().toString(), this.directory.toString(),
				sync.name(), Integer.toString(run), Integer.toString(senders), Boolean.toString(ownIds));
	}

	private void check(ForgetfulServer server, Sync sync, boolean ownIds, int runs) {
		server.assertNothingWrong();
		Map<String, List<Integer>> arrivals = server.arrivals();
		assertThat(this.accepted).isNotEmpty();
		this.accepted.forEach((sender, last) -> assertThat(arrivals.getOrDefault(sender, List.of()))
			.as("lost, sender %s, seed %d", sender, this.seed)
			.hasSizeGreaterThan(last));
		arrivals.forEach((sender, numbers) -> assertThat(numbers)
			.as("each once and in order, sender %s, seed %d", sender, this.seed)
			.containsExactlyElementsOf(IntStream.range(0, numbers.size()).boxed().toList()));
		if (!ownIds) {
			server.ids()
				.forEach((sender, ids) -> assertThat(ids.stream().map(Long::valueOf)).as("ids of sender %s", sender)
					.isSorted());
		}
		System.out.printf("%s: %d kills, %d messages, lost 0, corrupt 0, %d deliveries more than messages%n", sync,
				runs, server.messages(), server.frames() - server.messages());
	}

}
