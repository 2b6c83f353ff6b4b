package io.github.resilientws.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.test.Peer;
import io.github.resilientws.test.ReceivedMessage;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many requests of several threads over a socket, and a socket that breaks under them.
 */
class RequestsOverSocketsTests {

	private static final Pattern CALL = Pattern.compile("\\{\"id\":(\\d+),\"call\":\"n\",\"with\":(\\d+)}");

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@TempDir
	private Path directory;

	@Test
	void aThousandRequestsOfEightThreadsGetTheirOwnRepliesOutOfOrder() throws Exception {
		List<String> waiting = new ArrayList<>();
		Random random = new Random(7);
		TestWebSocketServer server = this.scenario.server().on((text) -> text.contains("call")).then((peer, call) -> {
			waiting.add(reply(call));
			// the window is 100, so that many wait at some time
			if (waiting.size() >= 100) {
				Collections.shuffle(waiting, random);
				peer.push(waiting);
				waiting.clear();
			}
		});
		ResilientWebSocketClient client = this.scenario
			.connect(builder(server).request((request) -> request.withWindow(100)));
		ExecutorService threads = Executors.newFixedThreadPool(8);
		this.scenario.use(threads::shutdownNow);
		List<CompletableFuture<CompletableFuture<Integer>>> calls = IntStream.range(0, 1000)
			.mapToObj((n) -> CompletableFuture.supplyAsync(() -> call(client, n), threads))
			.toList();
		for (int n = 0; n < 1000; n++) {
			assertThat(calls.get(n).join().get(30, TimeUnit.SECONDS)).isEqualTo(n);
		}
		assertThat(calls(server, 1)).hasSize(1000).extracting((call) -> call.group(1)).isEqualTo(numbers(1, 1000));
		assertThat(client.getStatistics().getPendingRequests()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aResetFailsExactlyTheRequestsWithoutAReplyAndNoneIsSentTwice(boolean durable) throws Exception {
		TestWebSocketServer server = this.scenario.server();
		// even numbers have no reply on the first connection
		server.on((text) -> text.contains("call")).then((peer, call) -> {
			if (server.seen().accepted() > 1 || number(call) % 2 != 0) {
				peer.push(reply(call));
			}
		});
		server.on((text) -> text.contains("data")).then(RequestsOverSocketsTests::acknowledge);
		ResilientWebSocketClient client = this.scenario.connect(durable ? durable(builder(server)) : builder(server));
		List<CompletableFuture<Integer>> replies = new ArrayList<>();
		for (int n = 0; n < 300; n++) {
			replies.add(call(client, n));
			if (durable && n % 3 == 0) {
				this.scenario.sends().send(client, "m" + n);
			}
		}
		// the window of 50 is full of requests without a reply
		await().atMost(Scenario.LIMIT)
			.until(() -> server.seen().texts().stream().filter(RequestsOverSocketsTests::isCall).count() == 99);
		await().atMost(Scenario.LIMIT).until(() -> replies.stream().filter(CompletableFuture::isDone).count() == 49);
		server.open().reset();
		for (int n = 0; n < 300; n++) {
			if (n < 99 && n % 2 == 0) {
				assertThat(reason(replies.get(n))).as("request %d", n).isEqualTo(Reason.UNDELIVERABLE);
			}
			else {
				assertThat(replies.get(n).get(30, TimeUnit.SECONDS)).isEqualTo(n);
			}
		}
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		assertThat(calls(server, 2)).extracting((call) -> call.group(1)).isEqualTo(numbers(1, 201));
		List<MatchResult> all = new ArrayList<>(calls(server, 1));
		all.addAll(calls(server, 2));
		assertThat(all).hasSize(300).extracting((call) -> call.group(2)).doesNotHaveDuplicates();
		assertThat(client.getStatistics().getQueueSize()).isZero();
		if (durable) {
			assertStoreIsEmpty(client, server);
		}
	}

	private void assertStoreIsEmpty(ResilientWebSocketClient client, TestWebSocketServer server) throws Exception {
		client.suspend().get(10, TimeUnit.SECONDS);
		CompletableFuture<Integer> waiting = call(client, 1000);
		client.disconnect().get(10, TimeUnit.SECONDS);
		assertThat(reason(waiting)).isEqualTo(Reason.CLOSED);
		ResilientWebSocketClient next = this.scenario.build(durable(builder(server)));
		assertThat(next.getStatistics().getQueueSize()).isZero();
	}

	private Builder builder(TestWebSocketServer server) {
		return this.scenario.builder(server.url())
			.request((request) -> request.withSend("{\"id\":{{id}},\"call\":{{destination}},\"with\":{{payload}}}")
				.withReply("/result", "/id", "/result")
				.withTimeout(Duration.ofMinutes(1))
				.withWindow(50));
	}

	private Builder durable(Builder builder) {
		return builder.delivery((delivery) -> delivery.atLeastOnce())
			.queue((queue) -> queue.withStore(StoreSettings.file(this.directory)));
	}

	private static CompletableFuture<Integer> call(ResilientWebSocketClient client, int number) {
		return client.convertSendAndReceive("n", number, Integer.class);
	}

	private static boolean isCall(String text) {
		return CALL.matcher(text).matches();
	}

	private static int number(String call) {
		Matcher matcher = CALL.matcher(call);
		assertThat(matcher.matches()).isTrue();
		return Integer.parseInt(matcher.group(2));
	}

	private static String reply(String call) {
		return CALL.matcher(call).replaceFirst("{\"id\":$1,\"result\":$2}");
	}

	private static void acknowledge(Peer peer, String message) {
		peer.push(message.replaceFirst("^\\{\"id\":(\"[^\"]+\"),.*$", "{\"type\":\"ack\",\"messageId\":$1}"));
	}

	private static List<MatchResult> calls(TestWebSocketServer server, int connection) {
		return server.seen()
			.received(Kind.TEXT)
			.stream()
			.filter((message) -> message.connection() == connection)
			.map(ReceivedMessage::text)
			.map(CALL::matcher)
			.filter(Matcher::matches)
			.map(Matcher::toMatchResult)
			.toList();
	}

	private static List<String> numbers(int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
	}

	private static Reason reason(CompletableFuture<?> request) {
		return ((WebSocketDeliveryException) Rig.failure(request)).getReason();
	}

}
