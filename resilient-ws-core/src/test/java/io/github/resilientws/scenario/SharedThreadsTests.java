package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that share few threads.
 */
class SharedThreadsTests {

	private static final int THREADS = 4;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private TestWebSocketServer server;

	private ClientRuntime runtime;

	@BeforeEach
	void start() {
		this.server = this.scenario.server();
		this.runtime = this.scenario.use(ClientRuntime.create(THREADS, false, null));
	}

	@Test
	void blockedListenersOfOtherClientsDoNotMatterWhileAThreadIsLeft() throws Exception {
		CountDownLatch blocked = new CountDownLatch(THREADS - 1);
		CountDownLatch release = new CountDownLatch(1);
		for (int i = 0; i < THREADS - 1; i++) {
			connect("blocked-" + i, (client) -> (text) -> {
				blocked.countDown();
				awaitQuietly(release);
			});
		}
		connect("free", (client) -> (text) -> this.scenario.sends().send(client, "echo " + text).join());
		this.server.open().push("first");
		assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();

		IntStream.range(0, 100).forEach((i) -> this.server.open().push("frame " + i));

		this.server.seen().awaitText("echo frame 99", Scenario.SLACK.plusSeconds(2));
		release.countDown();
	}

	@Test
	void listenersThatWaitForTheirOwnSendsDoNotDeadlockThoughTheyOutnumberTheThreads() throws Exception {
		int clients = 2 * THREADS;
		for (int i = 0; i < clients; i++) {
			connect("waiting-" + i,
					(client) -> (text) -> this.scenario.sends().send(client, client.getName() + " " + text).join());
		}

		IntStream.range(0, 50).forEach((i) -> this.server.open().push("frame " + i));

		this.server.seen().awaitTexts(clients * 50, Scenario.LIMIT);
		List<String> expected = IntStream.range(0, 50).mapToObj((i) -> "waiting-0 frame " + i).toList();
		assertThat(this.server.seen().texts()).filteredOn((text) -> text.startsWith("waiting-0")).isEqualTo(expected);
	}

	private void connect(String name, Function<ResilientWebSocketClient, Consumer<String>> listener) throws Exception {
		ResilientWebSocketClient client = this.scenario
			.connect(this.scenario.tune(this.runtime.builder(name)).urls(List.of(this.server.url())));
		Consumer<String> consumer = listener.apply(client);
		client.addListener((message) -> consumer.accept(message.text()));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
