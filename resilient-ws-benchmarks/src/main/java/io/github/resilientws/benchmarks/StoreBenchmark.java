package io.github.resilientws.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.FileSystemUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.mvstore.MvStoreOutboxStoreFactory;

/**
 * Compares the file store with raw h2-mvstore for each sync policy, with 1 and with 16
 * threads. Each thread waits for each of its appends and then requests the removal, 16 in
 * one call. It also measures the client with that store, up to the acknowledgement of the
 * server. Files are created in the working directory.
 */
public final class StoreBenchmark {

	private static final List<Integer> SENDERS = List.of(1, 16);

	private static final int RECORD_SIZE = 256;

	private static final int REMOVED_AT_ONCE = 16;

	private static final Duration SYNC_INTERVAL = Duration.ofMillis(10);

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("millis", 1000));

	private final ServerProcess server;

	private final Path directory;

	private final Map<Case, Map<Kind, Rates>> rates = new LinkedHashMap<>();

	private StoreBenchmark(ServerProcess server, Path directory) {
		this.server = server;
		this.directory = directory;
	}

	public static void main(String[] args) throws Exception {
		Path directory = Files.createTempDirectory(Path.of(""), "store-benchmark");
		try (ServerProcess server = ServerProcess.start()) {
			new StoreBenchmark(server, directory).run(Integer.getInteger("rounds", 7));
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(0);
	}

	private void run(int rounds) throws Exception {
		Random random = new Random(1);
		for (int round = -2; round < rounds; round++) {
			for (Sync sync : Sync.values()) {
				for (int senders : SENDERS) {
					Case measured = new Case(sync, senders);
					List<Kind> order = new ArrayList<>(List.of(Kind.values()));
					Collections.shuffle(order, random);
					for (Kind kind : order) {
						double rate = measure(kind, measured);
						if (round >= 0) {
							this.rates.computeIfAbsent(measured, (key) -> new EnumMap<>(Kind.class))
								.computeIfAbsent(kind, (key) -> new Rates())
								.add(rate);
						}
					}
				}
			}
		}
		print(rounds);
	}

	private double measure(Kind kind, Case measured) throws Exception {
		Path place = Files.createTempDirectory(this.directory.toAbsolutePath(), "case");
		try {
			return switch (kind) {
				case RAW -> throughput(new RawMvStore(place.resolve("raw.mv"), measured.sync), measured.senders);
				case STORE -> throughput(
						new FileStore(
								new MvStoreOutboxStoreFactory(place, measured.sync, SYNC_INTERVAL).open("benchmark")),
						measured.senders);
				case CLIENT -> throughput(client(place, measured.sync), measured.senders);
			};
		}
		finally {
			FileSystemUtils.deleteRecursively(place);
		}
	}

	private static double throughput(MeasuredStore store, int senders) throws InterruptedException {
		byte[] content = new byte[RECORD_SIZE];
		AtomicInteger appended = new AtomicInteger();
		long start = System.nanoTime();
		Senders.run(senders, (sender) -> {
			long[] kept = new long[REMOVED_AT_ONCE];
			int count = 0;
			while (System.nanoTime() - start < NANOS) {
				kept[count++ % REMOVED_AT_ONCE] = store.append(content);
				if (count % REMOVED_AT_ONCE == 0) {
					store.remove(kept.clone());
				}
			}
			appended.addAndGet(count);
		});
		double rate = appended.get() * 1e9 / (System.nanoTime() - start);
		store.close();
		return rate;
	}

	private ResilientWebSocketClient client(Path directory, Sync sync) {
		return ResilientWebSocketClient.builder("benchmark", this.server.url())
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30))
				.withStore(StoreSettings.file(directory).withSync(sync).withSyncInterval(SYNC_INTERVAL)))
			.delivery((delivery) -> delivery.atLeastOnce().withWindow(1024))
			.build();
	}

	private static double throughput(ResilientWebSocketClient client, int senders) throws Exception {
		String message = "x".repeat(Benchmark.MESSAGE_SIZE);
		client.connect().get(10, TimeUnit.SECONDS);
		AtomicInteger delivered = new AtomicInteger();
		long start = System.nanoTime();
		Senders.run(senders, (sender) -> {
			while (System.nanoTime() - start < NANOS) {
				client.send(message).thenRun(delivered::incrementAndGet);
			}
		});
		double rate = delivered.get() * 1e9 / (System.nanoTime() - start);
		client.disconnect().get(30, TimeUnit.SECONDS);
		return rate;
	}

	private void print(int rounds) {
		System.out.printf("JDK %s, %d processors, %d rounds, medians of appends (client: acknowledgements)/s%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
		System.out.printf("%-9s %7s  %-7s %10s %18s %7s %11s%n", "sync", "senders", "case", "median", "min-max",
				"x raw", "min-max");
		this.rates.forEach((measured, all) -> all.forEach((kind, own) -> {
			Rates raw = all.get(Kind.RAW);
			System.out.printf("%-9s %7d  %-7s %10s %18s %7.2f %11s%n", measured.sync.name().toLowerCase(),
					measured.senders, kind.name().toLowerCase(), own.median(), own.range(), own.ratio(raw),
					own.ratioRange(raw));
		}));
	}

	private record Case(Sync sync, int senders) {

	}

	private enum Kind {

		RAW, STORE, CLIENT

	}

}
