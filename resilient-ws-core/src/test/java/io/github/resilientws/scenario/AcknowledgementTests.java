package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.event.WebSocketDeadLetterEvent;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Acknowledgements that are late, repeated, out of order, negative, or for nothing.
 */
class AcknowledgementTests {

	private static final Duration LIMIT = DeliveryContractTests.LIMIT;

	private static final Duration SHORT = Duration.ofMillis(200);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private TestWebSocketServer server;

	@BeforeEach
	void startServer() {
		this.server = this.scenario.server();
	}

	@Test
	void lateOnesCostResends() throws Exception {
		this.server.acknowledge().after(SHORT.plusMillis(100));
		ResilientWebSocketClient client = connect((delivery) -> delivery.withAckTimeout(SHORT)
			.withMaxAttempts(DeliveryContractTests.MANY_ATTEMPTS)
			.withWindow(8));

		List<CompletableFuture<Delivery>> sent = send(client, 16);

		assertDelivered(sent);
		assertThat(this.server.seen().textCount()).isGreaterThan(16);
		assertIdle(client);
	}

	@Test
	void repeatedOnesCostNothing() throws Exception {
		this.server.acknowledge().then((peer, copy) -> peer.push(Collections.nCopies(3, copy.acknowledgement())));
		ResilientWebSocketClient client = connect((delivery) -> delivery.withWindow(8));

		List<CompletableFuture<Delivery>> sent = send(client, 50);

		assertDelivered(sent);
		assertNothingResent(sent);
		assertIdle(client);
	}

	@Test
	void anyOrderWillDo() throws Exception {
		List<String> held = new ArrayList<>();
		this.server.acknowledge().then((peer, copy) -> {
			held.add(0, copy.acknowledgement());
			if (held.size() == 8) {
				peer.push(List.copyOf(held));
				held.clear();
			}
		});
		ResilientWebSocketClient client = connect((delivery) -> delivery.withWindow(8));

		List<CompletableFuture<Delivery>> sent = send(client, 48);

		assertDelivered(sent);
		assertNothingResent(sent);
		assertThat(data(this.server.seen().texts())).isEqualTo(numbers(48));
		assertIdle(client);
	}

	@Test
	void unknownOnesCostNothing() throws Exception {
		List<String> unknown = List.of("\"nobody\"", "0", "-1.5", "true", "null", "{}", "[1]", "\"\"");
		this.server.acknowledge().then((peer, copy) -> {
			peer.push(unknown.stream().map((id) -> "{\"type\":\"ack\",\"messageId\":" + id + "}").toList());
			peer.push("{\"type\":\"ack\"}");
			peer.push(copy.acknowledgement());
		});
		ResilientWebSocketClient client = connect((delivery) -> delivery.withWindow(1));

		List<CompletableFuture<Delivery>> sent = send(client, 20);

		assertDelivered(sent);
		assertNothingResent(sent);
		assertThat(this.heard).noneMatch((text) -> text.contains("nobody"));
		assertIdle(client);
	}

	@Test
	void idsCompareByTheirText() throws Exception {
		this.server.on((text) -> text.contains("\"5\"")).reply("{\"messageId\":5,\"type\":\"ack\"}");
		ResilientWebSocketClient client = connect((delivery) -> delivery);

		CompletableFuture<Delivery> sent = client.send(OutboundMessage.text("data").withId("5"));

		assertThat(sent).succeedsWithin(LIMIT).extracting(Delivery::id).isEqualTo("5");
	}

	@Test
	void lateOneClearsADeadLetter() throws Exception {
		ResilientWebSocketClient client = connect((delivery) -> delivery.withAckTimeout(SHORT).withMaxAttempts(1));
		CompletableFuture<Delivery> first = client.send(OutboundMessage.text("a").withId("1"));
		CompletableFuture<Delivery> second = client.send(OutboundMessage.text("b").withId("2"));
		assertDead(first);
		assertDead(second);
		assertThat(client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly("1", "2");

		this.server.push("{\"type\":\"ack\",\"messageId\":\"1\"}");
		this.server.push("{\"type\":\"ack\",\"messageId\":\"1\"}");

		await().atMost(LIMIT).until(() -> client.getDeadLetters().list().size() == 1);
		assertThat(client.getDeadLetters().list()).singleElement().satisfies((letter) -> {
			assertThat(letter.id()).isEqualTo("2");
			assertThat(letter.payload()).isEqualTo("{\"id\":\"2\",\"data\":\"b\"}");
			assertThat(letter.attempts()).isOne();
			assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.NOT_ACKNOWLEDGED);
		});
		await().atMost(LIMIT).until(() -> deadLetterEvents().size() == 2);
		assertThat(deadLetterEvents()).extracting(WebSocketDeadLetterEvent::getMessageId).containsExactly("1", "2");
	}

	@Test
	void deadLetterIsSentAgainWithIdAndBytesOrForgotten() throws Exception {
		ResilientWebSocketClient client = connect(
				(delivery) -> delivery.withAckTimeout(Duration.ofSeconds(2)).withMaxAttempts(1).withWindow(2));
		List.of("1", "2").forEach((id) -> client.send(OutboundMessage.text("data").withId(id)));
		await().atMost(LIMIT).until(() -> client.getDeadLetters().list().size() == 2);
		this.server.answerAcks();

		CompletableFuture<Delivery> again = client.getDeadLetters().resubmit("1");

		assertThat(again).succeedsWithin(LIMIT).satisfies((delivery) -> {
			assertThat(delivery.id()).isEqualTo("1");
			assertThat(delivery.attempts()).isEqualTo(2);
		});
		assertThat(this.server.seen().texts()).containsExactly("{\"id\":\"1\",\"data\":\"data\"}",
				"{\"id\":\"2\",\"data\":\"data\"}", "{\"id\":\"1\",\"data\":\"data\"}");
		assertThat(client.getDeadLetters().discard("2")).isTrue();
		assertThat(client.getDeadLetters().discard("2")).isFalse();
		assertThat(client.getDeadLetters().list()).isEmpty();
		assertIdle(client);
	}

	@Test
	void negativeOneFailsItsMessageOnly() throws Exception {
		this.server.on("/data = bad").reply("{\"type\":\"nack\",\"for\":{{id}},\"why\":\"too\\nlong\"}").answerAcks();
		ResilientWebSocketClient client = connect(
				(delivery) -> delivery.withNack("/type = nack", "/for", "/why").withWindow(1));

		List<CompletableFuture<Delivery>> sent = List.of("good", "bad", "good too").stream().map(client::send).toList();

		assertDelivered(List.of(sent.get(0), sent.get(2)));
		WebSocketDeliveryException failure = Sends.failure(sent.get(1));
		assertThat(failure.getReason()).isEqualTo(Reason.NEGATIVE);
		assertThat(failure.getAttempts()).isOne();
		assertThat(failure).hasMessageContaining("long").hasMessageNotContaining("\n");
		assertThat(data(this.server.seen().texts())).containsExactly("good", "bad", "good too");
		assertThat(client.getDeadLetters().list()).isEmpty();
		assertThat(deadLetterEvents()).isEmpty();
		assertIdle(client);
	}

	@Test
	void idOfANegativeOneStandsWhereThatOfAnAcknowledgementDoes() throws Exception {
		this.server.on("/data = bad").reply("{\"type\":\"nack\",\"messageId\":{{id}}}").answerAcks();
		ResilientWebSocketClient client = connect((delivery) -> delivery.withNack("/type = nack", "", ""));

		CompletableFuture<Delivery> bad = client.send("bad");
		assertThat(client.send("good")).succeedsWithin(LIMIT);

		assertThat(Sends.reason(bad)).isEqualTo(Reason.NEGATIVE);
	}

	@Test
	void closingWaitsForThem() throws Exception {
		this.server.acknowledge().after(SHORT);
		ResilientWebSocketClient client = connect((delivery) -> delivery.withWindow(2), LIMIT);
		List<CompletableFuture<Delivery>> sent = send(client, 4);

		CompletableFuture<Void> closed = client.disconnect();

		assertDelivered(sent);
		assertThat(closed).succeedsWithin(LIMIT);
		this.server.seen().awaitReceived(Kind.CLOSE, 1, LIMIT);
		assertThat(this.server.seen().closes()).containsExactly(1000);
	}

	@Test
	void closingWaitsForThemInVainOnlySoLong() throws Exception {
		ResilientWebSocketClient client = connect((delivery) -> delivery.withWindow(1), SHORT);
		List<CompletableFuture<Delivery>> sent = send(client, 2);
		this.server.seen().awaitTexts(1, LIMIT);

		assertThat(client.disconnect()).succeedsWithin(LIMIT);

		assertThat(sent).extracting((future) -> Sends.failure(future).getReason())
			.containsExactly(Reason.CLOSED, Reason.CLOSED);
		assertThat(sent).extracting((future) -> Sends.failure(future).getAttempts()).containsExactly(1, 0);
		assertThat(deadLetterEvents()).isEmpty();
		assertIdle(client);
	}

	private ResilientWebSocketClient connect(UnaryOperator<DeliverySettings> delivery) throws Exception {
		return connect(delivery, SHORT);
	}

	private ResilientWebSocketClient connect(UnaryOperator<DeliverySettings> delivery, Duration shutdownTimeout)
			throws Exception {
		return this.scenario.connect(this.scenario.builder(this.server.url())
			.delivery((defaults) -> delivery.apply(defaults.atLeastOnce().withAckTimeout(LIMIT)))
			.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofMinutes(1)).withTimeout(LIMIT))
			.shutdownTimeout(shutdownTimeout)
			.listener((message) -> this.heard.add(message.text())));
	}

	private static List<CompletableFuture<Delivery>> send(ResilientWebSocketClient client, int number) {
		return numbers(number).stream().map(client::send).toList();
	}

	private static List<String> numbers(int number) {
		return IntStream.range(0, number).mapToObj(Integer::toString).toList();
	}

	private static List<String> data(List<String> frames) {
		return frames.stream().map((frame) -> frame.replaceAll(".*\"data\":\"|\"}", "")).toList();
	}

	private static void assertDelivered(List<CompletableFuture<Delivery>> sent) {
		assertThat(sent).allSatisfy((future) -> assertThat(future).succeedsWithin(LIMIT));
	}

	private void assertNothingResent(List<CompletableFuture<Delivery>> sent) {
		assertThat(sent).extracting((future) -> future.join().attempts()).containsOnly(1);
		assertThat(this.server.seen().textCount()).isEqualTo(sent.size());
	}

	private static void assertDead(CompletableFuture<Delivery> future) {
		await().atMost(LIMIT).until(future::isDone);
		assertThat(Sends.failure(future)).satisfies((failure) -> {
			assertThat(failure.getReason()).isEqualTo(Reason.UNDELIVERABLE);
			assertThat(failure.getAttempts()).isOne();
		});
	}

	private static void assertIdle(ResilientWebSocketClient client) {
		// futures complete a moment before they are counted
		await().atMost(LIMIT).until(() -> client.getStatistics().getQueueSize() == 0);
		assertThat(client.getStatistics().getQueueBytes()).isZero();
		assertThat(client.getStatistics().getInFlight()).isZero();
	}

	private List<WebSocketDeadLetterEvent> deadLetterEvents() {
		return this.scenario.events().of(WebSocketDeadLetterEvent.class);
	}

}
