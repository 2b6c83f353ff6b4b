package io.github.resilientws.benchmarks.process;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Many clients of this project with default settings, in a JVM of their own.
 */
public final class ManyClientsMain {

	private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

	private final List<ResilientWebSocketClient> clients = new ArrayList<>();

	private ManyClientsMain() {
	}

	public static void main(String[] args) throws Exception {
		JvmProcess.serve(new ManyClientsMain()::answer);
		System.exit(0);
	}

	private String answer(String[] command) throws Exception {
		return switch (command[0]) {
			case "connect" -> connect(URI.create(command[1]), Integer.parseInt(command[2]));
			case "heap" -> Long.toString(heap());
			case "threads" -> Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount());
			case "lost" -> await((client) -> !client.isReady());
			default -> await(ResilientWebSocketClient::isReady);
		};
	}

	private String connect(URI url, int number) throws Exception {
		List<CompletableFuture<?>> connecting = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			ResilientWebSocketClient client = ResilientWebSocketClient.builder("client-" + this.clients.size(), url)
				.build();
			this.clients.add(client);
			connecting.add(client.connect());
		}
		for (CompletableFuture<?> future : connecting) {
			future.get(LIMIT_NANOS, TimeUnit.NANOSECONDS);
		}
		return "connected";
	}

	private String await(Predicate<ResilientWebSocketClient> condition) throws InterruptedException {
		long start = System.nanoTime();
		while (!this.clients.stream().allMatch(condition)) {
			if (System.nanoTime() - start > LIMIT_NANOS) {
				throw new IllegalStateException("some clients are still " + this.clients.get(0).getState());
			}
			Thread.sleep(5);
		}
		return "done";
	}

	private static long heap() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(100);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
