package io.github.resilientws.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.InboundSettings.Dispatch;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners on the event loop.
 */
class DirectDispatchTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final TestWebSocketServer server = this.scenario.server();

	@Test
	void listenersAreCalledInOrderOnTheEventLoop() throws Exception {
		List<String> numbers = IntStream.range(0, 20_000).mapToObj(Integer::toString).toList();
		List<String> heard = new ArrayList<>();
		List<String> threads = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> all = new CompletableFuture<>();
		this.scenario.connect(direct().listener((message) -> {
			String thread = Thread.currentThread().getName();
			if (!threads.contains(thread)) {
				threads.add(thread);
			}
			heard.add(message.text());
			if (heard.size() == numbers.size()) {
				all.complete(null);
			}
		}));

		this.server.last().push(numbers);

		assertThat(all).succeedsWithin(Scenario.LIMIT);
		assertThat(heard).isEqualTo(numbers);
		assertThat(threads).singleElement().asString().startsWith("resilient-ws-io-");
	}

	@Test
	void failureConcernsOneMessage() throws Exception {
		List<String> handled = new CopyOnWriteArrayList<>();
		this.scenario.connect(direct().listenerErrorHandler((client, message, failure) -> handled.add(message.text()))
			.listener((message) -> {
				throw new IllegalStateException("on purpose");
			}));

		this.server.last().push(List.of("one", "two"));

		await().atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(handled).containsExactly("one", "two"));
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready");
	}

	@Test
	void listenerMaySendAndDisconnect() throws Exception {
		ResilientWebSocketClient client = this.scenario.build(direct());
		client.addListener((message) -> {
			this.scenario.sends().send(client, "answer");
			client.disconnect();
		});
		client.connect().join();

		this.server.last().push("question");

		this.server.seen().awaitText("answer", Scenario.LIMIT);
		Scenario.awaitState(client, ConnectionState.CLOSED);
	}

	private ResilientWebSocketClient.Builder direct() {
		return this.scenario.builder(this.server.url()).inbound((inbound) -> inbound.withDispatch(Dispatch.DIRECT));
	}

}
