package io.github.resilientws.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Measures sending from one and from eight threads and receiving, 128-byte text, each
 * engine in turn and in shuffled order, and prints medians and ratios.
 */
public final class Benchmark {

	static final int MESSAGE_SIZE = 128;

	private static final String MESSAGE = "x".repeat(MESSAGE_SIZE);

	private static final List<Supplier<Engine>> ENGINES = List.of(ResilientEngine::new, SpringEngine::new,
			NettyEngine::new);

	private final URI url;

	private final Map<String, Map<Measure, Rates>> rates = new LinkedHashMap<>();

	private Benchmark(URI url) {
		this.url = url;
	}

	public static void main(String[] args) throws Exception {
		try (ServerProcess server = ServerProcess.start()) {
			new Benchmark(server.url()).run(Integer.getInteger("rounds", 7));
		}
		System.exit(0);
	}

	private void run(int rounds) throws Exception {
		Random random = new Random(1);
		for (int round = -2; round < rounds; round++) {
			List<Supplier<Engine>> order = new ArrayList<>(ENGINES);
			Collections.shuffle(order, random);
			for (Supplier<Engine> engine : order) {
				measure(engine.get(), round >= 0);
			}
		}
		print(rounds);
	}

	private void measure(Engine engine, boolean counts) throws Exception {
		Inbox inbox = new Inbox();
		engine.connect(this.url, inbox);
		for (Measure measure : Measure.values()) {
			double rate = measure.run(engine, inbox);
			if (counts) {
				this.rates.computeIfAbsent(engine.toString(), (name) -> new LinkedHashMap<>())
					.computeIfAbsent(measure, (key) -> new Rates())
					.add(rate);
			}
		}
		engine.close();
	}

	private void print(int rounds) {
		System.out.printf("JDK %s, %d processors, %d rounds, %d-byte text, medians of messages/s (min-max)%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, MESSAGE_SIZE);
		System.out.printf("%-14s %-14s %12s %26s %10s %10s%n", "measure", "engine", "median", "min-max", "x spring",
				"x netty");
		for (Measure measure : Measure.values()) {
			this.rates.forEach((engine, rates) -> {
				Rates own = rates.get(measure);
				System.out.printf("%-14s %-14s %12s %26s %10.2f %10.2f%n", measure.label(), engine, own.median(),
						own.range(), own.ratio(this.rates.get("spring").get(measure)),
						own.ratio(this.rates.get("netty").get(measure)));
			});
		}
	}

	/**
	 * Measured operations.
	 */
	enum Measure {

		/** One thread sends. */
		SEND_1("send 1 thread", 1, 400_000),

		/** Eight threads send over one connection. */
		SEND_8("send 8 threads", 8, 400_000),

		/** The server pushes. */
		RECEIVE("receive", 0, 1_500_000);

		private final String label;

		private final int threads;

		private final int messages;

		Measure(String label, int threads, int messages) {
			this.label = label;
			this.threads = threads;
			this.messages = messages;
		}

		String label() {
			return this.label;
		}

		double run(Engine engine, Inbox inbox) throws Exception {
			inbox.expect((this.threads > 0) ? 1 : this.messages);
			long start;
			if (this.threads > 0) {
				engine.send(BenchmarkServer.COUNT + this.messages);
				start = System.nanoTime();
				sendFromThreads(engine);
			}
			else {
				start = System.nanoTime();
				engine.send(BenchmarkServer.PUSH + this.messages);
			}
			inbox.await();
			return this.messages * 1e9 / (System.nanoTime() - start);
		}

		private void sendFromThreads(Engine engine) throws InterruptedException {
			Senders.run(this.threads, (sender) -> {
				for (int j = 0; j < this.messages / this.threads; j++) {
					engine.send(MESSAGE);
				}
			});
		}

	}

}
