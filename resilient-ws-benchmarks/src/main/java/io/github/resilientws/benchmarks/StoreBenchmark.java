package io.github.resilientws.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.FileSystemUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;
import io.github.resilientws.benchmarks.store.BareLog;
import io.github.resilientws.benchmarks.store.FileStore;
import io.github.resilientws.benchmarks.store.MeasuredStore;
import io.github.resilientws.benchmarks.store.RawMvStore;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * Compares the file store with raw h2-mvstore and with a bare log for each sync policy,
 * with 1 and with 16 threads. Each thread waits for each of its appends and then requests
 * the removal, 16 in one call. It also measures the client with that store, up to the
 * acknowledgement of the server.
 */
final class StoreBenchmark implements Section {

	private static final List<Integer> SENDERS = List.of(1, 16);

	private static final int RECORD_SIZE = 128;

	private static final int REMOVED_AT_ONCE = 16;

	private static final Duration SYNC_INTERVAL = Duration.ofMillis(10);

	private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	@Override
	public void run(Environment environment, Report report) throws Exception {
		report.heading("File store");
		Table table = new Table("`queue.sync`", "threads", "store, appends/s", "x h2-mvstore", "x bare log",
				"client, acknowledgements/s");
		try (ServerProcess server = environment.startServer()) {
			for (Sync sync : Sync.values()) {
				for (int senders : SENDERS) {
					Map<Kind, Samples> rates = new EnumMap<>(Kind.class);
					environment.interleave(List.of(Kind.values()), (kind, counts) -> {
						double rate = measure(environment, server, kind, sync, senders);
						if (counts) {
							rates.computeIfAbsent(kind, (key) -> new Samples()).add(rate);
						}
					});
					Samples store = rates.get(Kind.STORE);
					table.row(sync.name().toLowerCase(Locale.ROOT), Integer.toString(senders), store.format(),
							store.ratio(rates.get(Kind.RAW)), store.ratio(rates.get(Kind.BARE)),
							rates.get(Kind.CLIENT).format());
				}
			}
		}
		report.table(table);
	}

	private double measure(Environment environment, ServerProcess server, Kind kind, Sync sync, int senders)
			throws Exception {
		Path place = Files.createTempDirectory(environment.directory(), "store");
		try {
			return switch (kind) {
				case RAW -> throughput(new RawMvStore(place.resolve("raw.mv"), sync), senders);
				case BARE -> throughput(new BareLog(place.resolve("bare.log"), sync), senders);
				case STORE -> throughput(FileStore.open(place, sync), senders);
				case CLIENT -> throughput(client(server, place, sync), senders);
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

	private static ResilientWebSocketClient client(ServerProcess server, Path directory, Sync sync) {
		return ResilientWebSocketClient.builder("benchmark", server.url())
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30))
				.withStore(StoreSettings.file(directory).withSync(sync).withSyncInterval(SYNC_INTERVAL)))
			.delivery((delivery) -> delivery.atLeastOnce().withWindow(1024))
			.build();
	}

	private static double throughput(ResilientWebSocketClient client, int senders) throws Exception {
		String message = "x".repeat(RECORD_SIZE);
		client.connect().get(60, TimeUnit.SECONDS);
		AtomicInteger delivered = new AtomicInteger();
		long start = System.nanoTime();
		Senders.run(senders, (sender) -> {
			while (System.nanoTime() - start < NANOS) {
				client.send(message).thenRun(delivered::incrementAndGet);
			}
		});
		double rate = delivered.get() * 1e9 / (System.nanoTime() - start);
		client.disconnect().get(60, TimeUnit.SECONDS);
		return rate;
	}

	private enum Kind {

		RAW, BARE, STORE, CLIENT

	}

}
