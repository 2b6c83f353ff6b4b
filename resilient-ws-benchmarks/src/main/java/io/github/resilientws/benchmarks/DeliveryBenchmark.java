package io.github.resilientws.benchmarks;

import java.net.URI;
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
import io.github.resilientws.QueueSettings.Overflow;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * Measures what it costs that messages are acknowledged, with 1 and with 16 senders:
 * 128-byte text, from the first {@code send} until the server has counted all messages,
 * or the sender knows that they were acknowledged.
 */
public final class DeliveryBenchmark {

	private static final String MESSAGE = "x".repeat(Benchmark.MESSAGE_SIZE);

	private static final List<Integer> SENDERS = List.of(1, 16);

	private static final int MESSAGES = Integer.getInteger("messages", 320_000);

	private static final int WINDOW = Integer.getInteger("window", 1024);

	private final URI url;

	private final Map<Integer, Map<Guarantee, Rates>> rates = new TreeMap<>();

	private DeliveryBenchmark(URI url) {
		this.url = url;
	}

	public static void main(String[] args) throws Exception {
		try (ServerProcess server = ServerProcess.start()) {
			new DeliveryBenchmark(server.url()).run(Integer.getInteger("rounds", 7));
		}
		System.exit(0);
	}

	private void run(int rounds) throws Exception {
		Random random = new Random(1);
		for (int round = -2; round < rounds; round++) {
			for (int senders : SENDERS) {
				List<Guarantee> order = new ArrayList<>(List.of(Guarantee.values()));
				Collections.shuffle(order, random);
				for (Guarantee guarantee : order) {
					double rate = measure(guarantee, senders);
					if (round >= 0) {
						this.rates.computeIfAbsent(senders, (key) -> new EnumMap<>(Guarantee.class))
							.computeIfAbsent(guarantee, (key) -> new Rates())
							.add(rate);
					}
				}
			}
		}
		print(rounds);
	}

	private double measure(Guarantee guarantee, int senders) throws Exception {
		Inbox inbox = new Inbox();
		inbox.expect(1);
		ResilientWebSocketClient client = client(guarantee, inbox);
		client.connect().get(10, TimeUnit.SECONDS);
		if (guarantee == Guarantee.AT_MOST_ONCE) {
			client.send(BenchmarkServer.COUNT + MESSAGES);
		}
		Queue<CompletableFuture<Delivery>> last = new ConcurrentLinkedQueue<>();
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
		double rate = MESSAGES * 1e9 / (System.nanoTime() - start);
		client.disconnect().get(20, TimeUnit.SECONDS);
		return rate;
	}

	private ResilientWebSocketClient client(Guarantee guarantee, Inbox inbox) {
		ResilientWebSocketClient.Builder builder = ResilientWebSocketClient.builder("benchmark", this.url)
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(30)))
			.listener((message) -> inbox.received(message.text()));
		return (guarantee == Guarantee.AT_LEAST_ONCE)
				? builder.delivery((delivery) -> delivery.atLeastOnce().withWindow(WINDOW)).build() : builder.build();
	}

	private void print(int rounds) {
		System.out.printf("JDK %s, %d processors, %d rounds, window %d, %d-byte text, medians of messages/s%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, WINDOW, Benchmark.MESSAGE_SIZE);
		System.out.printf("%7s  %-14s %12s %22s %15s %12s%n", "senders", "guarantee", "median", "min-max",
				"x at-most-once", "min-max");
		this.rates.forEach((senders, all) -> all.forEach((guarantee, own) -> {
			Rates base = all.get(Guarantee.AT_MOST_ONCE);
			System.out.printf("%7d  %-14s %12s %22s %15.2f %12s%n", senders, guarantee, own.median(), own.range(),
					own.ratio(base), own.ratioRange(base));
		}));
	}

	private enum Guarantee {

		AT_MOST_ONCE, AT_LEAST_ONCE;

		@Override
		public String toString() {
			return name().toLowerCase().replace('_', '-');
		}

	}

}
