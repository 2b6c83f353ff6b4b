package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many threads send, and each connection ends after an acknowledgement or some.
 */
abstract class FlappingDeliveryContractTests {

	private static final Duration LIMIT = DeliveryContractTests.LIMIT;

	private static final int THREADS = 4;

	private static final int SENDS_PER_FLAP = 10;

	private static final DeliverySettings DELIVERY = DeliverySettings.DEFAULTS.atLeastOnce()
		.withMaxAttempts(DeliveryContractTests.MANY_ATTEMPTS)
		.withWindow(16);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final TotalQueue queue = new TotalQueue();

	private final Semaphore ready = new Semaphore(0);

	private final Semaphore permits = new Semaphore(0);

	abstract Server start() throws Exception;

	abstract int flaps();

	@Test
	@Timeout(600)
	void everythingArrivesInOrder() throws Exception {
		Server server = this.scenario.use(start());
		server.acknowledge(AckPlan.ALL);
		ResilientWebSocketClient client = connect(server);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		this.scenario.use(threads::shutdownNow);
		List<? extends Future<?>> senders = IntStream.range(0, THREADS)
			.mapToObj((thread) -> threads.submit(() -> send(client, "thread-" + thread)))
			.toList();

		for (int i = 0; i < flaps(); i++) {
			int delivered = this.queue.delivered();
			this.permits.release(THREADS * SENDS_PER_FLAP);
			await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> this.queue.delivered() > delivered);
			flap(server, client, i);
		}

		for (Future<?> sender : senders) {
			sender.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		this.queue.awaitNoneOpen(LIMIT);
		int losses = this.scenario.events().disconnects().size();
		assertThat(losses).isGreaterThanOrEqualTo(flaps());
		this.queue.check(DELIVERY, server.arrivals(), server.acknowledged(), losses);
		assertThat(client.getDeadLetters().list()).isEmpty();
		System.out.printf("%d losses: %d messages, %d arrivals%n", losses, this.queue.delivered(), server.textCount());
	}

	private ResilientWebSocketClient connect(Server server) throws Exception {
		return this.scenario.connect(this.scenario.builder(server.url())
			.delivery((defaults) -> DELIVERY)
			.queue((queue) -> queue.withBounds(1000, 0).withOverflow(Overflow.BLOCK, LIMIT))
			.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofMinutes(1)).withTimeout(LIMIT))
			.observer(new ClientObserver() {

				@Override
				public void ready(String name, Duration outage) {
					FlappingDeliveryContractTests.this.ready.release();
				}

			}));
	}

	private void send(ResilientWebSocketClient client, String thread) {
		for (int i = 0; i < flaps() * SENDS_PER_FLAP; i++) {
			this.permits.acquireUninterruptibly();
			this.queue.send(client, thread);
		}
	}

	private void flap(Server server, ResilientWebSocketClient client, int number) throws Exception {
		this.ready.drainPermits();
		switch (number % 5) {
			case 0 -> {
				server.stopReading();
				await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> isAnyInFlight(client));
				server.kick(Server.Kick.RST);
			}
			case 1 -> server.kick(Server.Kick.RST);
			case 2 -> server.kick(Server.Kick.FIN);
			case 3 -> server.kick(Server.Kick.GOING_AWAY);
			default -> client.reconnect();
		}
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!this.ready.tryAcquire(1, TimeUnit.MILLISECONDS)) {
			assertThat(System.nanoTime()).as("ready in time").isLessThan(end);
			if (client.getState() == ConnectionState.BACKING_OFF) {
				client.reconnect();
			}
		}
	}

	private boolean isAnyInFlight(ResilientWebSocketClient client) {
		if (client.getStatistics().getQueueSize() == 0) {
			this.queue.send(client, 1);
		}
		return client.getStatistics().getInFlight() > 0;
	}

}
