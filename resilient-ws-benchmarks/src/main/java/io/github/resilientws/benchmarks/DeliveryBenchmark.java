package io.github.resilientws.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.QueueSettings.Overflow;

/**
 * Measures the cost of acknowledged delivery with 1 and with 16 senders: 128-byte text,
 * from the first {@code send} until the server has counted all messages, or the sender
 * has received all acknowledgements. It also prints the processor time of both JVMs,
 * which is more reliable on a machine with other load.
 */
public final class DeliveryBenchmark {

	private static final String MESSAGE = "x".repeat(Benchmark.MESSAGE_SIZE);

	private static final List<Integer> SENDERS = List.of(1, 16);

	private static final int MESSAGES = Integer.getInteger("messages", 640_000);

	private static final int WINDOW = Integer.getInteger("window", 1024);

	private final ServerProcess server;

	private final Map<Integer, Map<Guarantee, Result>> results = new TreeMap<>();

	private DeliveryBenchmark(ServerProcess server) {
		this.server = server;
	}

	public static void main(String[] args) throws Exception {
		try (ServerProcess server = ServerProcess.start()) {
			new DeliveryBenchmark(server).run(Integer.getInteger("rounds", 7));
		}
		System.exit(0);
	}

	private void run(int rounds) throws Exception {
		Random random = new Random(1);
		for (int round = -4; round < rounds; round++) {
			for (int senders : SENDERS) {
				List<Guarantee> order = new ArrayList<>(List.of(Guarantee.values()));
				Collections.shuffle(order, random);
				for (Guarantee guarantee : order) {
					Result result = this.results.computeIfAbsent(senders, (key) -> new EnumMap<>(Guarantee.class))
						.computeIfAbsent(guarantee, (key) -> new Result());
					measure(guarantee, senders, (round >= 0) ? result : new Result());
				}
			}
		}
		print(rounds);
	}

	private void measure(Guarantee guarantee, int senders, Result result) throws Exception {
		Inbox inbox = new Inbox();
		inbox.expect(1);
		ResilientWebSocketClient client = client(guarantee, inbox);
		client.connect().get(10, TimeUnit.SECONDS);
		if (guarantee == Guarantee.AT_MOST_ONCE) {
			client.send(BenchmarkServer.COUNT + MESSAGES);
		}
		Queue<CompletableFuture<Delivery>> last = new ConcurrentLinkedQueue<>();
		long clientBefore = processorNanos(ProcessHandle.current());
		long serverBefore = processorNanos(this.server.process().toHandle());
		long start = System.nanoTime();
		Senders.run(senders, (sender) -> {
			for (int i = 1; i < MESSAGES / senders; i++) {
				client.send(MESSAGE);
			}
			last.add(client.send(MESSAGE));
		});
		for (CompletableFuture<Delivery> delivery : last) {
			delivery.get(60, TimeUnit.SECONDS);
		}
		if (guarantee == Guarantee.AT_MOST_ONCE) {
			inbox.await();
		}
		result.rates.add(MESSAGES * 1e9 / (System.nanoTime() - start));
		result.client.add((double) (processorNanos(ProcessHandle.current()) - clientBefore) / MESSAGES);
		result.server.add((double) (processorNanos(this.server.process().toHandle()) - serverBefore) / MESSAGES);
		client.disconnect().get(20, TimeUnit.SECONDS);
	}

	private static long processorNanos(ProcessHandle process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
	}

	private ResilientWebSocketClient client(Guarantee guarantee, Inbox inbox) {
		ResilientWebSocketClient.Builder builder = ResilientWebSocketClient.builder("benchmark", this.server.url())
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30)))
			.listener((message) -> inbox.received(message.text()));
		return (guarantee == Guarantee.AT_LEAST_ONCE)
				? builder.delivery((delivery) -> delivery.atLeastOnce().withWindow(WINDOW)).build() : builder.build();
	}

	private void print(int rounds) {
		System.out.printf("JDK %s, %d processors, %d rounds, window %d, %d-byte text, medians of messages/s%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, WINDOW, Benchmark.MESSAGE_SIZE);
		System.out.printf("%7s  %-14s %12s %22s %15s %12s %20s %20s%n", "senders", "guarantee", "median", "min-max",
				"x at-most-once", "min-max", "client ns/message", "server ns/message");
		this.results.forEach((senders, all) -> all.forEach((guarantee, own) -> {
			Rates base = all.get(Guarantee.AT_MOST_ONCE).rates;
			System.out.printf("%7d  %-14s %12s %22s %15.2f %12s %20s %20s%n", senders, guarantee, own.rates.median(),
					own.rates.range(), own.rates.ratio(base), own.rates.ratioRange(base), own.client.median(),
					own.server.median());
		}));
	}

	private static final class Result {

		private final Rates rates = new Rates();

		private final Rates client = new Rates();

		private final Rates server = new Rates();

	}

	private enum Guarantee {

		AT_MOST_ONCE, AT_LEAST_ONCE;

		@Override
		public String toString() {
			return name().toLowerCase().replace('_', '-');
		}

	}

}
