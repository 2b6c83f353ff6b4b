package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many threads send while the connection comes and goes.
 */
class FlappingTests {

	private static final int THREADS = 32;

	private static final int FLAPS = 200;

	private static final int SENDS_PER_FLAP = 10;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	@Timeout(60)
	void eachThreadsMessagesArriveInOrderAndAtMostOnce() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(10))));
		Semaphore permits = new Semaphore(0);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		this.scenario.use(threads::shutdownNow);

		List<? extends Future<?>> senders = IntStream.range(0, THREADS)
			.mapToObj((thread) -> threads.submit(() -> send(client, thread, permits)))
			.toList();
		for (int i = 0; i < FLAPS; i++) {
			permits.release(THREADS * SENDS_PER_FLAP);
			flap(server, client, i);
		}
		for (Future<?> sender : senders) {
			sender.get(10, TimeUnit.SECONDS);
		}

		this.scenario.sends().send(client, "last 0");
		server.seen().awaitText("last 0", Scenario.LIMIT);
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		List<String> arrived = Arrival.of(server.seen()).stream().map(Arrival::text).toList();
		this.scenario.sends().assertAccountFor(arrived);
		assertInOrder(arrived);
		assertThat(server.seen().accepted()).isGreaterThan(FLAPS);
		assertThat(server.seen().violations()).isEmpty();
		assertThat(client.getStatistics().getInFlight()).isZero();
	}

	private void send(ResilientWebSocketClient client, int thread, Semaphore permits) {
		for (int i = 0; i < FLAPS * SENDS_PER_FLAP; i++) {
			permits.acquireUninterruptibly();
			this.scenario.sends().send(client, thread + " " + i);
		}
	}

	private void flap(TestWebSocketServer server, ResilientWebSocketClient client, int number) {
		int before = readyCount();
		switch (number % 4) {
			case 0 -> server.open().reset();
			case 1 -> server.open().fin();
			case 2 -> server.open().close(1001, "");
			default -> client.reconnect();
		}
		await().pollInterval(Duration.ofMillis(1)).atMost(Scenario.LIMIT).until(() -> {
			if (client.getState() == ConnectionState.BACKING_OFF) {
				client.reconnect();
			}
			return readyCount() > before;
		});
	}

	private int readyCount() {
		return this.scenario.events().of(WebSocketReadyEvent.class).size();
	}

	private static void assertInOrder(List<String> arrived) {
		Map<String, Integer> last = new HashMap<>();
		for (String text : arrived) {
			String[] parts = text.split(" ");
			int number = Integer.parseInt(parts[1]);
			Integer before = last.put(parts[0], number);
			assertThat(number).as(text).isGreaterThan((before != null) ? before : -1);
		}
	}

}
