package io.github.resilientws.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.internal.ClientRuntime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send all the time, and faults at random moments. The seed decides which
 * faults strike whom and when: {@code -Dchaos.seed} repeats a run,
 * {@code -Dchaos.minutes} makes all runs together longer.
 */
abstract class ChaosContractTests {

	private static final int CLIENTS = 4;

	private static final int MAX_THREADS = 8;

	private static final Duration BETWEEN_SENDS = Duration.ofMillis(5);

	// of other tests, and about to end
	private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

	private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);

	abstract Duration duration();

	int minPauseMillis() {
		return 20;
	}

	int maxPauseMillis() {
		return 150;
	}

	ChaosPair pair(ClientRuntime runtime, int number) {
		return new ChaosPair(runtime, number);
	}

	static LongStream seeds() {
		Long seed = Long.getLong("chaos.seed");
		return (seed != null) ? LongStream.of(seed) : LongStream.rangeClosed(1, 3);
	}

	@ParameterizedTest(name = "-Dchaos.seed={0}")
	@MethodSource("seeds")
	void allFuturesEndAndOrderIsKept(long seed) throws Exception {
		List<ChaosPair> pairs = new ArrayList<>();
		ScheduledExecutorService senders = Executors.newScheduledThreadPool(CLIENTS);
		try (ClientRuntime runtime = ClientRuntime.create(MAX_THREADS, false, null)) {
			try {
				IntStream.range(0, CLIENTS).forEach((i) -> pairs.add(pair(runtime, i)));
				pairs.forEach(ChaosPair::connect);
				pairs.forEach((pair) -> senders.scheduleAtFixedRate(pair::send, 0, BETWEEN_SENDS.toMillis(),
						TimeUnit.MILLISECONDS));
				rage(pairs, new Random(seed));
				senders.shutdown();
				assertThat(senders.awaitTermination(10, TimeUnit.SECONDS)).as("senders end").isTrue();
				pairs.forEach(ChaosPair::settle);
				System.out.println("seed " + seed + ": " + this.struck);
				pairs.forEach(ChaosPair::check);
				assertThreadsBounded();
			}
			finally {
				senders.shutdownNow();
				for (ChaosPair pair : pairs) {
					pair.close();
				}
			}
		}
	}

	private void rage(List<ChaosPair> pairs, Random random) throws InterruptedException {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		long end = System.nanoTime() + duration().toNanos();
		while (System.nanoTime() - end < 0) {
			TimeUnit.MILLISECONDS.sleep(random.nextInt(minPauseMillis(), maxPauseMillis()));
			ChaosPair victim = pairs.get(random.nextInt(pairs.size()));
			Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
			this.struck.merge(fault, 1, Integer::sum);
			victim.strike(fault, random);
			timer.schedule(() -> victim.end(fault), 100 + random.nextInt(1000), TimeUnit.MILLISECONDS);
			assertThreadsBounded();
		}
		timer.shutdown();
		assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).as("faults end").isTrue();
	}

	private void assertThreadsBounded() {
		List<String> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.threadsBefore.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("resilient-ws"))
			.toList();
		// one thread besides for completions, and one for attempts
		assertThat(threads).hasSizeLessThanOrEqualTo(MAX_THREADS + 2 + Runtime.getRuntime().availableProcessors());
	}

}
