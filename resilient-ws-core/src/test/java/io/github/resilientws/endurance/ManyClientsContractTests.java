package io.github.resilientws.endurance;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.sun.management.UnixOperatingSystemMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.ClientRuntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many clients of one JVM with default settings, and their server in another.
 */
abstract class ManyClientsContractTests {

	private static final int MAX_THREADS = 16;

	private static final Duration DOWN = Duration.ofMillis(500);

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final Semaphore ready = new Semaphore(0);

	private final Semaphore lost = new Semaphore(0);

	private final Queue<Long> attempts = new ConcurrentLinkedQueue<>();

	abstract int clients();

	// with few clients, what they share outweighs what each of them needs
	long maxHeapOfAClient() {
		return Long.MAX_VALUE;
	}

	@Test
	@Timeout(300)
	void shareThreadsAndComeBackWithoutAStorm() throws Exception {
		assertFilesAllowed();
		try (JvmProcess server = JvmProcess.start(PlainServer.class);
				ClientRuntime runtime = ClientRuntime.create(MAX_THREADS, false, null)) {
			String stays = server.ask("open");
			String leaves = server.ask("open");
			int losing = clients() * 3 / 10;

			List<ResilientWebSocketClient> all = new ArrayList<>(dial(runtime, stays, 1));
			int threadsOfOne = this.threads.getThreadCount();
			long heapOfOne = Footprint.heapInUse();
			this.threads.resetPeakThreadCount();
			all.addAll(dial(runtime, stays, clients() - losing - 1));
			all.addAll(dial(runtime, leaves, losing));
			long heapOfAClient = (Footprint.heapInUse() - heapOfOne) / (clients() - 1);

			this.attempts.clear();
			server.ask("stop " + leaves);
			await().pollDelay(DOWN).until(() -> true);
			server.ask("start " + leaves);
			acquire(this.lost, losing);
			acquire(this.ready, losing);

			int peak = peak(this.attempts.stream().sorted().toList());
			int moreThreads = this.threads.getPeakThreadCount() - threadsOfOne;
			System.out.printf(
					"%d clients: %d bytes of heap each, %d threads more than one client; "
							+ "%d lost their server: %d attempts, at most %d in a second%n",
					clients(), heapOfAClient, moreThreads, losing, this.attempts.size(), peak);
			assertThat(all).allMatch(ResilientWebSocketClient::isReady);
			assertThat(moreThreads).isLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors() + MAX_THREADS);
			assertThat(heapOfAClient).isLessThan(maxHeapOfAClient());
			assertThat((double) peak).isLessThanOrEqualTo(1.6 * losing + 5);
			assertThat(this.attempts.size()).isGreaterThanOrEqualTo(losing);
			for (ResilientWebSocketClient client : all) {
				client.disconnect().get(10, TimeUnit.SECONDS);
			}
		}
	}

	private List<ResilientWebSocketClient> dial(ClientRuntime runtime, String port, int number) throws Exception {
		List<URI> urls = List.of(URI.create("ws://127.0.0.1:" + port + "/"));
		List<ResilientWebSocketClient> clients = IntStream.range(0, number)
			.mapToObj((i) -> runtime.builder("client-" + port + "-" + i).urls(urls).observer(new Observer()).build())
			.toList();
		clients.forEach(ResilientWebSocketClient::connect);
		acquire(this.ready, number);
		return clients;
	}

	private static void acquire(Semaphore semaphore, int number) throws InterruptedException {
		assertThat(semaphore.tryAcquire(number, 60, TimeUnit.SECONDS))
			.as(() -> semaphore.availablePermits() + " of " + number)
			.isTrue();
	}

	private void assertFilesAllowed() {
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		assertThat(system.getMaxFileDescriptorCount()).as("file descriptors, see ulimit -n")
			.isGreaterThan(clients() + 500);
	}

	private static int peak(List<Long> moments) {
		int peak = 0;
		int first = 0;
		for (int last = 0; last < moments.size(); last++) {
			while (moments.get(last) - moments.get(first) >= WINDOW) {
				first++;
			}
			peak = Math.max(peak, last - first + 1);
		}
		return peak;
	}

	private final class Observer implements ClientObserver {

		@Override
		public void connecting(String client, int attempt) {
			ManyClientsContractTests.this.attempts.add(System.nanoTime());
		}

		@Override
		public void ready(String client, Duration outage) {
			ManyClientsContractTests.this.ready.release();
		}

		@Override
		public void disconnected(String client, DisconnectCause cause) {
			ManyClientsContractTests.this.lost.release();
		}

	}

}
