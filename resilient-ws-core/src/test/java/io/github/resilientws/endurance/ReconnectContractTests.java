package io.github.resilientws.endurance;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.ClientRuntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that loses its connection again and again, in all ways in turn.
 */
abstract class ReconnectContractTests {

	private static final long MEGABYTE = 1024 * 1024;

	// few, so that all of them exist after warming up
	private static final int MAX_THREADS = 2;

	private final Semaphore ready = new Semaphore(0);

	private final Semaphore failed = new Semaphore(0);

	abstract int warmUp();

	abstract int reconnects();

	@Test
	@Timeout(600)
	void leaveNothingBehind() throws Exception {
		try (JvmProcess server = JvmProcess.start(PlainServer.class);
				ClientRuntime runtime = ClientRuntime.create(MAX_THREADS, false, null)) {
			String port = server.ask("open");
			ResilientWebSocketClient client = client(runtime, URI.create("ws://127.0.0.1:" + port + "/"));
			client.connect();
			awaitReady();
			occupyAllThreads(client, () -> reconnect(server, port, client, 0));
			repeat(server, port, client, warmUp());
			Footprint before = Footprint.take();

			long start = System.nanoTime();
			repeat(server, port, client, reconnects());
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

			await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertNoMore(Footprint.take(), before));
			System.out.printf("%d reconnects in %d ms; before: %s; after: %s%n", reconnects(), millis, before,
					Footprint.take());
			client.disconnect().get(10, TimeUnit.SECONDS);
		}
	}

	private static void assertNoMore(Footprint after, Footprint before) {
		List<String> newThreads = new ArrayList<>(after.threads());
		before.threads().forEach(newThreads::remove);
		assertThat(newThreads).as("new threads").isEmpty();
		assertThat(after.files()).as("file descriptors").isLessThanOrEqualTo(before.files());
		assertThat(after.timers()).as("timers").isLessThanOrEqualTo(before.timers());
		assertThat(after.connections()).as("connections").isLessThanOrEqualTo(before.connections());
		assertThat(after.heap() - before.heap()).as("heap").isLessThan(MEGABYTE);
	}

	private ResilientWebSocketClient client(ClientRuntime runtime, URI url) {
		return runtime.builder("restless")
			.urls(List.of(url))
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1, Duration.ofMillis(100)))
			.observer(new ClientObserver() {

				@Override
				public void ready(String name, Duration outage) {
					ReconnectContractTests.this.ready.release();
				}

				@Override
				public void attemptEnded(String name, DisconnectCause failure, Duration elapsed) {
					if (failure != null) {
						ReconnectContractTests.this.failed.release();
					}
				}

			})
			.build();
	}

	private void repeat(JvmProcess server, String port, ResilientWebSocketClient client, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			reconnect(server, port, client, i);
			awaitReady();
			client.send("message " + i).get(10, TimeUnit.SECONDS);
		}
	}

	private void reconnect(JvmProcess server, String port, ResilientWebSocketClient client, int number)
			throws Exception {
		switch (number % 6) {
			case 0 -> server.ask("end " + port + " RST");
			case 1 -> server.ask("end " + port + " FIN");
			case 2 -> server.ask("end " + port + " 1001");
			case 3 -> client.reconnect();
			case 4 -> {
				client.suspend();
				client.resume();
			}
			default -> {
				this.failed.drainPermits();
				server.ask("stop " + port);
				assertThat(this.failed.tryAcquire(10, TimeUnit.SECONDS)).as("refused").isTrue();
				server.ask("start " + port);
			}
		}
	}

	/** All threads that user code can get exist from here on. */
	private void occupyAllThreads(ResilientWebSocketClient client, Step reconnect) throws Exception {
		CountDownLatch occupied = new CountDownLatch(MAX_THREADS);
		CountDownLatch latch = new CountDownLatch(1);
		Runnable occupy = () -> {
			occupied.countDown();
			awaitQuietly(latch);
		};
		AutoCloseable listener = client.addListener((message) -> occupy.run());
		client.send("comes back").thenRun(occupy);
		awaitQuietly(occupied);
		reconnect.run();
		awaitReady();
		latch.countDown();
		listener.close();
	}

	private void awaitReady() throws InterruptedException {
		assertThat(this.ready.tryAcquire(20, TimeUnit.SECONDS)).as("ready").isTrue();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Something that may fail.
	 */
	private interface Step {

		void run() throws Exception;

	}

}
