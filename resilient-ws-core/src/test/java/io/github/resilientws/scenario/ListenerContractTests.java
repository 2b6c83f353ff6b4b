package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.test.Peer;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that misbehave, and listeners that use their client.
 */
abstract class ListenerContractTests {

	private static final List<String> ALL_IS_WELL = List.of("Connecting 1", "Connected", "Ready");

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch release = new CountDownLatch(1);

	@Test
	void failuresConcernOneListenerAndOneMessage() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		List<String> handled = new CopyOnWriteArrayList<>();
		this.scenario.connect(this.scenario.builder(server.url())
			.listenerErrorHandler((client, message, failure) -> handled
				.add(client + " " + message.text() + " " + failure.getClass().getSimpleName()))
			.listener(ListenerContractTests::fail)
			.listener(this::hear));

		server.last().push(List.of("exception", "error", "fine"));

		await().atMost(Scenario.LIMIT)
			.untilAsserted(() -> assertThat(this.heard).containsExactly("exception", "error", "fine"));
		assertThat(handled).containsExactly("test exception IllegalStateException", "test error AssertionError");
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@Test
	void blockedListenerIsNoLossWhileHeartbeatsGoOn() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat(Scenario::patient)
			.listener(this::block)
			.listener(this::hear));

		server.last().push("first");
		server.seen().awaitReceived(Kind.PING, 2, Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
		assertThat(this.heard).isEmpty();
		this.release.countDown();

		await().atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(this.heard).containsExactly("first"));
	}

	@Test
	void floodAtABlockedListenerStopsReadingWithoutLossOfConnectionOrOrder() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		int bound = 256;
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.maxMessageSize(1024 * 1024)
			.inbound((inbound) -> new InboundSettings(bound, 4 * 1024 * 1024))
			.listener(this::block)
			.listener((message) -> this.heard.add(message.text().substring(400))));
		String padding = "x".repeat(400);
		List<String> numbers = IntStream.range(0, 50_000).mapToObj(Integer::toString).toList();

		server.last().push(numbers.stream().map(padding::concat).toList());
		await().atMost(Scenario.LIMIT).until(() -> client.getStatistics().getInboundQueueSize() >= bound);
		// a client that still read would do so in each of these turns
		for (int turn = 1; turn <= 20; turn++) {
			this.scenario.sends().send(client, "turn");
			server.seen().awaitTexts(turn, Scenario.LIMIT);
		}
		// one read may bring 64 KB more
		assertThat(client.getStatistics().getInboundQueueSize()).isLessThanOrEqualTo(bound + 64 * 1024 / 400);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
		this.release.countDown();

		await().atMost(Duration.ofSeconds(20)).until(() -> this.heard.size() == numbers.size());
		assertThat(this.heard).isEqualTo(numbers);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@Test
	void silentServerIsFoundAfterAFloodWasConsumed() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat(Scenario::impatient)
			.maxMessageSize(1024 * 1024)
			.inbound((inbound) -> new InboundSettings(16, 1024 * 1024))
			.listener(this::block));
		server.last().push(IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
		await().atMost(Scenario.LIMIT).until(() -> client.getStatistics().getInboundQueueSize() >= 16);
		server.open().goSilent();

		this.release.countDown();

		await().atMost(Scenario.INTERVAL.plus(Scenario.TIMEOUT).plus(Scenario.SLACK))
			.until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 200, 5000 })
	void whatTheServerSentBeforeItClosedIsHeardThoughTheListenerWasBlocked(int frames) throws Exception {
		TestWebSocketServer server = this.scenario.server();
		int buffer = 16;
		// a beat would make a server that is gone reset the connection, and with it what
		// it had not sent
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF))
			.maxMessageSize(1024 * 1024)
			.inbound((inbound) -> new InboundSettings(buffer, 1024 * 1024))
			.reconnect((reconnect) -> reconnect.withEnabled(false))
			.listener(this::block)
			.listener(this::hear));
		String padding = "x".repeat(1000);
		List<String> numbers = IntStream.range(0, frames).mapToObj((i) -> padding + i).toList();
		Peer peer = server.last();
		peer.push(numbers);
		await().atMost(Scenario.LIMIT)
			.until(() -> client.getStatistics().getInboundQueueSize() >= Math.min(frames, buffer));
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
		peer.close(4401, "token expired");
		peer.fin();
		if (frames < buffer) {
			// otherwise the client does not read, so the close waits in the socket
			await().atMost(Scenario.LIMIT).until(() -> !client.isReady());
		}

		assertThat(this.heard).isEmpty();
		this.release.countDown();

		await().atMost(Scenario.LIMIT).until(() -> this.heard.equals(numbers));
		await().atMost(Scenario.LIMIT)
			.untilAsserted(() -> assertThat(this.scenario.events().lines()).contains("Disconnected Closed 4401"));
	}

	@Test
	void listenerMaySend() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		listening(server, (client) -> this.scenario.sends().send(client, "answer"));

		server.last().push("question");

		server.seen().awaitText("answer", Scenario.LIMIT);
	}

	@Test
	void listenerMayWaitForItsOwnSend() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		CompletableFuture<Delivery> delivered = new CompletableFuture<>();
		listening(server, (client) -> delivered.complete(this.scenario.sends().send(client, "answer").join()));

		server.last().push("question");

		assertThat(delivered).succeedsWithin(Scenario.LIMIT);
	}

	@Test
	void listenerMayDisconnectAndWait() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		CompletableFuture<Void> closed = new CompletableFuture<>();
		ResilientWebSocketClient client = listening(server, (self) -> {
			self.disconnect().join();
			closed.complete(null);
		});

		server.last().push("bye");

		assertThat(closed).succeedsWithin(Scenario.LIMIT);
		assertThat(client.getState()).isEqualTo(ConnectionState.CLOSED);
		server.seen().awaitConnections(0, Scenario.LIMIT);
		assertThat(server.seen().closes()).containsExactly(1000);
	}

	@Test
	void listenerMayReconnectAndWait() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		CompletableFuture<Void> done = new CompletableFuture<>();
		ResilientWebSocketClient client = listening(server, (self) -> {
			self.reconnect().join();
			done.complete(null);
		});

		server.last().push("again");

		assertThat(done).succeedsWithin(Scenario.LIMIT);
		await().atMost(Scenario.LIMIT)
			.until(() -> this.scenario.events().of(WebSocketReadyEvent.class).size() == 2 && client.isReady());
		assertThat(server.seen().accepted()).isEqualTo(2);
	}

	@Test
	void listenerThatIsAddedAndRemovedHearsOnlyWhatIsBetween() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url()));
		AutoCloseable listening = client.addListener(this::hear);
		server.last().push("heard");
		await().atMost(Scenario.LIMIT).until(() -> this.heard.size() == 1);
		listening.close();

		server.last().push("unheard");

		await().atMost(Scenario.LIMIT).until(() -> client.getStatistics().getMessagesReceived() == 2);
		assertThat(this.heard).containsExactly("heard");
	}

	private ResilientWebSocketClient listening(TestWebSocketServer server, Consumer<ResilientWebSocketClient> action)
			throws Exception {
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url()));
		WebSocketMessageListener listener = (message) -> action.accept(client);
		client.addListener(listener);
		return client;
	}

	private void hear(InboundMessage message) {
		this.heard.add(message.text());
	}

	private void block(InboundMessage message) {
		try {
			this.release.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void fail(InboundMessage message) {
		switch (message.text()) {
			case "exception" -> throw new IllegalStateException("on purpose");
			case "error" -> throw new AssertionError("on purpose");
			default -> {
			}
		}
	}

}
