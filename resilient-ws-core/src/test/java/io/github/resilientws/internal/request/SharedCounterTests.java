package io.github.resilientws.internal.request;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids and the window of everything that has an id: session steps, heartbeats, automatic
 * replies, subscriptions, cancellations and calls.
 */
class SharedCounterTests {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	@Test
	void idsBeginAtOneOnEachConnectionAndLeaveNoneOut() {
		Rig rig = rig(1000);
		rig.client.connect();
		WebSocketSubscription a = rig.client.subscribe("a", (message) -> {
		});
		for (int connection = 1; connection <= 3; connection++) {
			ScriptedConnection server = rig.connection();
			answer(server, 1);
			rig.client.convertSendAndReceive("call", null, Void.class);
			server.text("{\"ask\":1}");
			rig.advance(INTERVAL);
			rig.client.subscribe("b" + connection, (message) -> {
			}).close();
			assertThat(ids(server)).isEqualTo(numbers(1, ids(server).size()));
			assertThat(kinds(server)).containsSequence("step", "sub").contains("call", "auto", "beat", "unsub");
			server.lose(1006);
			rig.advance(Duration.ofSeconds(1));
		}
		a.close();
	}

	@Test
	void aWindowOfOneNeverHasTwoWithoutAReplyThoughBeatsAreDue() {
		Random random = new Random(11);
		Rig rig = rig(1);
		rig.client.connect();
		ScriptedConnection server = rig.connection();
		answer(server, 1);
		int answered = 1;
		int calls = 0;
		Queue<CompletableFuture<Void>> open = new ArrayDeque<>();
		for (int i = 0; i < 2_000; i++) {
			switch (random.nextInt(4)) {
				case 0 -> open.add(rig.client.convertSendAndReceive("call", calls++, Void.class));
				case 1 -> {
					WebSocketSubscription subscription = rig.client.subscribe("s" + i, (message) -> {
					});
					if (random.nextBoolean()) {
						subscription.close();
					}
				}
				default -> rig.advanceMillis(random.nextInt(400));
			}
			assertThat(ids(server).size() - answered).as("texts without a reply").isBetween(0, 1);
			if (!server.pings().isEmpty()) {
				server.pong();
			}
			if (ids(server).size() > answered && random.nextInt(3) > 0) {
				answer(server, ++answered);
				assertThat(ids(server).size() - answered).isBetween(0, 1);
			}
		}
		while (ids(server).size() > answered) {
			answer(server, ++answered);
		}
		assertThat(rig.client.isReady()).isTrue();
		assertThat(rig.attempts()).isOne();
		assertThat(calls).isPositive();
		assertThat(kinds(server).stream().filter("call"::equals)).hasSize(calls);
		assertThat(kinds(server)).contains("beat", "sub", "unsub");
		assertThat(server.pings()).isNotEmpty();
		open.forEach((call) -> assertThat(call).succeedsWithin(Duration.ofSeconds(5)));
	}

	@Test
	void aMessageWhoseTextHasNoIdTakesNone() {
		Rig rig = new Rig((builder) -> builder.delivery((delivery) -> delivery.withEnvelope("{\"tell\":{{payload}}}"))
			.request((request) -> request.withSend("{\"id\":{{id}},\"call\":{{destination}}}")
				.withReply("/result", "/id", "/result")))
			.connect();
		rig.client.convertSendAndReceive("a", null, Void.class);
		rig.client.convertAndSend(1);
		rig.client.convertSendAndReceive("b", null, Void.class);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"call\":\"a\"}", "{\"tell\":1}",
				"{\"id\":2,\"call\":\"b\"}");
	}

	@Test
	void theCounterLeavesOutAnIdThatIsInUse() {
		Rig rig = rig(1000);
		rig.client.connect();
		ScriptedConnection server = rig.connection();
		answer(server, 1);
		CompletableFuture<InboundMessage> given = rig.client
			.sendAndReceive(OutboundMessage.empty().withDestination("given").withId("2"));
		CompletableFuture<Void> counted = rig.client.convertSendAndReceive("counted", null, Void.class);
		server.text("{\"id\":\"2\",\"result\":null}");
		answer(server, 3);
		assertThat(given).succeedsWithin(Duration.ofSeconds(5));
		assertThat(counted).succeedsWithin(Duration.ofSeconds(5));
	}

	private static Rig rig(int window) {
		Rig rig = new Rig((builder) -> builder
			.request((request) -> request.withSend("{\"id\":{{id}},\"call\":{{destination}}}")
				.withReply("/result", "/id", "/result")
				.withTimeout(Duration.ofDays(1))
				.withWindow(window))
			.subscription((subscription) -> subscription.withSend("{\"id\":{{id}},\"sub\":{{destination}}}")
				.withCancel("{\"id\":{{id}},\"unsub\":{{destination}}}")
				.withTimeout(Duration.ofDays(1)))
			.session((session) -> session.withSteps(List.of(new Step("{\"id\":{{id}},\"step\":1}", "", List.of())))
				.withAutoReplies(List.of(new AutoReply("/ask", "{\"id\":{{id}},\"auto\":1}"))))
			.heartbeat((heartbeat) -> heartbeat.withMode(Mode.TEXT)
				.withSend("{\"id\":{{id}},\"beat\":1}")
				.withInterval(INTERVAL)
				.withTimeout(Duration.ofMillis(900))
				.withMaxMissed(1000)));
		rig.transport.autoOpen();
		return rig;
	}

	private static void answer(ScriptedConnection server, int id) {
		server.text("{\"id\":" + id + ",\"result\":null}");
	}

	private static List<Integer> ids(ScriptedConnection server) {
		return server.sentTexts()
			.stream()
			.map((text) -> Integer.valueOf(text.replaceAll("^\\{\"id\":(\\d+),.*$", "$1")))
			.toList();
	}

	private static List<String> kinds(ScriptedConnection server) {
		return server.sentTexts().stream().map((text) -> text.replaceAll("^.*,\"([a-z]+)\":[^,]*$", "$1")).toList();
	}

	private static List<Integer> numbers(int first, int last) {
		return IntStream.rangeClosed(first, last).boxed().toList();
	}

}
