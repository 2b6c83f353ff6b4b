package io.github.resilientws.scenario;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.converter.MessageConversionException;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What enters the outbox, what leaves it unsent, and what its future says.
 */
class OutboxTests {

	private static final Duration BLOCK_TIMEOUT = Duration.ofMillis(300);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private TestWebSocketServer server;

	@BeforeEach
	void startServer() {
		this.server = this.scenario.server();
	}

	@Test
	void rejectRefusesTheNewcomer() {
		ResilientWebSocketClient client = full(Overflow.REJECT);

		CompletableFuture<Delivery> newcomer = send(client, "4");

		assertThat(newcomer).isCompletedExceptionally();
		assertRefused(newcomer, Reason.REJECTED);
		assertArrive(client, "1", "2", "3");
	}

	@Test
	void dropOldestMakesRoom() {
		ResilientWebSocketClient client = build(Overflow.DROP_OLDEST);
		List<CompletableFuture<Delivery>> futures = IntStream.rangeClosed(1, 5)
			.mapToObj((i) -> send(client, Integer.toString(i)))
			.toList();

		assertRefused(futures.get(0), Reason.DROPPED);
		assertRefused(futures.get(1), Reason.DROPPED);
		assertArrive(client, "3", "4", "5");
	}

	@Test
	void dropNewestDropsTheNewcomer() {
		ResilientWebSocketClient client = full(Overflow.DROP_NEWEST);

		assertRefused(send(client, "4"), Reason.DROPPED);
		assertArrive(client, "1", "2", "3");
	}

	@Test
	void blockRejectsAfterTheBlockTimeout() {
		ResilientWebSocketClient client = full(Overflow.BLOCK);

		long start = System.nanoTime();
		CompletableFuture<Delivery> newcomer = send(client, "4");

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(BLOCK_TIMEOUT,
				BLOCK_TIMEOUT.plus(Scenario.SLACK));
		assertRefused(newcomer, Reason.REJECTED);
	}

	@Test
	void blockedSenderGoesOnWhenThereIsRoom() {
		ResilientWebSocketClient client = this.scenario
			.build(builder(Overflow.BLOCK).queue((queue) -> queue.withOverflow(Overflow.BLOCK, Scenario.LIMIT)));
		List.of("1", "2", "3").forEach((text) -> send(client, text));
		CompletableFuture<Delivery> newcomer = CompletableFuture.supplyAsync(() -> send(client, "4"))
			.thenCompose((future) -> future);
		await().during(Duration.ofMillis(300)).until(() -> !newcomer.isDone());

		client.connect();

		assertThat(newcomer).succeedsWithin(Scenario.LIMIT);
		this.server.seen().awaitText("4", Scenario.LIMIT);
		assertThat(this.server.seen().texts()).containsExactly("1", "2", "3", "4");
	}

	@Test
	void blockedSenderGoesOnWhenTheClientIsClosed() {
		ResilientWebSocketClient client = this.scenario
			.build(builder(Overflow.BLOCK).queue((queue) -> queue.withOverflow(Overflow.BLOCK, Scenario.LIMIT)));
		List.of("1", "2", "3").forEach((text) -> send(client, text));
		CompletableFuture<Delivery> newcomer = CompletableFuture.supplyAsync(() -> send(client, "4"))
			.thenCompose((future) -> future);
		await().during(Duration.ofMillis(300)).until(() -> !newcomer.isDone());

		client.disconnect();

		assertThat(newcomer).failsWithin(Scenario.SLACK)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(WebSocketDeliveryException.class,
					(failure) -> assertThat(failure.getReason()).isEqualTo(Reason.CLOSED));
	}

	@Test
	void blockFailsAtOnceOnTheListenerLane() throws Exception {
		ResilientWebSocketClient client = this.scenario
			.build(builder(Overflow.BLOCK).queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofMinutes(1)))
				.heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF)));
		CompletableFuture<CompletableFuture<Delivery>> refused = new CompletableFuture<>();
		client.addListener((message) -> refused.complete(client.send("from the listener")));
		client.connect().join();
		this.server.open().stopReading();
		ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
		this.scenario.use(sender::shutdownNow);
		String block = "x".repeat(4 * 1024 * 1024);
		sender.execute(() -> IntStream.range(0, 10).forEach((i) -> send(client, i + block)));
		AtomicLong sent = new AtomicLong(-1);
		await().during(Duration.ofMillis(500)).atMost(Scenario.LIMIT).until(() -> {
			long present = client.getStatistics().getMessagesSent();
			return sent.getAndSet(present) == present && client.getStatistics().getQueueSize() == 3;
		});

		this.server.last().push("wake up");

		assertThat(refused).succeedsWithin(Scenario.SLACK);
		assertRefused(refused.join(), Reason.REJECTED);
	}

	@Test
	void dropOldestTouchesOnlyWhatWasNeverHandedOver() throws Exception {
		ResilientWebSocketClient client = this.scenario
			.connect(builder(Overflow.DROP_OLDEST).heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF)));
		this.server.open().stopReading();
		String block = "x".repeat(4 * 1024 * 1024);
		List<CompletableFuture<Delivery>> futures = IntStream.range(0, 12)
			.mapToObj((i) -> send(client, "m" + i + block))
			.toList();
		this.server.open().startReading();

		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		assertThat(futures.get(11)).isCompleted();
		for (CompletableFuture<Delivery> future : futures) {
			if (future.isCompletedExceptionally()) {
				assertThat(Sends.failure(future).getReason()).isIn(Reason.DROPPED, Reason.REJECTED);
				assertThat(Sends.failure(future).getAttempts()).isZero();
			}
		}
		long delivered = futures.stream().filter((future) -> !future.isCompletedExceptionally()).count();
		this.server.seen().awaitTexts(delivered, Scenario.LIMIT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void timeToLiveEndsWhileDown(boolean ofTheQueue) {
		ResilientWebSocketClient client = this.scenario
			.build(builder(Overflow.REJECT).queue((queue) -> ofTheQueue ? queue.withTtl(Scenario.SLACK) : queue));
		OutboundMessage mortal = OutboundMessage.text("mortal");

		CompletableFuture<Delivery> expired = this.scenario.sends()
			.send(client, "mortal", ofTheQueue ? mortal : mortal.withTimeToLive(Duration.ofMillis(200)));

		assertRefused(expired, Reason.EXPIRED);
		send(client, "young");
		assertArrive(client, "young");
	}

	@Test
	void volatileMessagesAreDroppedUnlessReady() throws Exception {
		ResilientWebSocketClient client = build(Overflow.REJECT);
		OutboundMessage message = OutboundMessage.text("now or never").asVolatile();
		assertRefused(this.scenario.sends().send(client, "volatile", message), Reason.DROPPED);
		client.connect().join();

		assertThat(client.send(message)).succeedsWithin(Scenario.LIMIT);
		this.server.seen().awaitText("now or never", Scenario.LIMIT);
		assertThat(this.server.seen().texts()).hasSize(1);
	}

	@Test
	void idInTheOutboxIsRefusedUntilItsMessageIsDelivered() {
		ResilientWebSocketClient client = build(Overflow.REJECT);
		OutboundMessage message = OutboundMessage.text("x").withId("same");
		CompletableFuture<Delivery> first = client.send(message);
		CompletableFuture<Delivery> second = client.send(message);
		assertThat(Sends.failure(second).getMessageId()).isEqualTo("same");
		assertThat(Sends.reason(second)).isEqualTo(Reason.REJECTED);
		client.connect().join();

		assertThat(first).succeedsWithin(Scenario.LIMIT)
			.satisfies((delivery) -> assertThat(delivery.id()).isEqualTo("same"))
			.satisfies((delivery) -> assertThat(delivery.attempts()).isOne());
		assertThat(client.send(message)).succeedsWithin(Scenario.LIMIT);
	}

	@Test
	void bytesAreBounded() {
		ResilientWebSocketClient client = this.scenario
			.build(builder(Overflow.REJECT).queue((queue) -> queue.withBounds(100, 10)));

		assertRefused(send(client, "eleven bytes"), Reason.REJECTED);
		send(client, "123456");
		assertRefused(send(client, "78901"), Reason.REJECTED);
		send(client, "7890");
		assertThat(client.getStatistics().getQueueBytes()).isEqualTo(10);
		assertArrive(client, "123456", "7890");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD800", "a\uDC00b", "\uD800\uD800\uDC00", "\uDC00\uD800" })
	void unpairedSurrogatesAreRejected(String text) {
		assertRefused(send(build(Overflow.REJECT), text), Reason.REJECTED);
	}

	@Test
	void everyOtherCharacterArrives() {
		ResilientWebSocketClient client = build(Overflow.REJECT);
		send(client, "\u0000ä€\uD83D\uDE00\uFFFD");
		assertArrive(client, "\u0000ä€\uD83D\uDE00\uFFFD");
	}

	@Test
	void aFailedConversionHasTheExceptionOfTheConverterAsCause() {
		ResilientWebSocketClient client = build(Overflow.REJECT);

		CompletableFuture<Delivery> sent = client.convertAndSend(Map.of("value", new Unwritable()));

		assertThat(sent).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(sent::join)
			.havingCause()
			.satisfies((failure) -> assertThat(((WebSocketDeliveryException) failure).getReason())
				.isEqualTo(Reason.REJECTED))
			.withMessageContaining("IllegalStateException at ")
			.withMessageNotContaining("s3cret")
			.havingCause()
			.isInstanceOf(MessageConversionException.class)
			.havingRootCause()
			.withMessage("s3cret");
	}

	@Test
	void nullAndBlankIdsAreIllegal() {
		ResilientWebSocketClient client = build(Overflow.REJECT);

		assertThatIllegalArgumentException().isThrownBy(() -> client.send((String) null));
		assertThatIllegalArgumentException().isThrownBy(() -> client.send((ByteBuffer) null));
		assertThatIllegalArgumentException().isThrownBy(() -> client.send((OutboundMessage) null));
		assertThatIllegalArgumentException().isThrownBy(() -> client.convertAndSend(null));
		assertThatIllegalArgumentException().isThrownBy(() -> OutboundMessage.text("x").withId(" "));
	}

	@Test
	void buffersAreCopiedAndKeepTheirPosition() {
		ResilientWebSocketClient client = build(Overflow.REJECT);
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }).position(1).limit(3);

		CompletableFuture<Delivery> sent = client.send(buffer);
		assertThat(buffer.position()).isOne();
		buffer.put(1, (byte) 9);
		client.connect();

		assertThat(sent).succeedsWithin(Scenario.LIMIT);
		this.server.seen().awaitReceived(Kind.BINARY, 1, Scenario.LIMIT);
		assertThat(this.server.seen().received(Kind.BINARY).get(0).bytes()).containsExactly(2, 3);
	}

	private void assertArrive(ResilientWebSocketClient client, String... texts) {
		client.connect().join();
		this.server.seen().awaitTexts(texts.length, Scenario.LIMIT);
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		assertThat(this.server.seen().texts()).containsExactly(texts);
	}

	private void assertRefused(CompletableFuture<Delivery> future, Reason reason) {
		assertThat(Sends.reason(future)).isEqualTo(reason);
		assertThat(Sends.failure(future).getAttempts()).isZero();
		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().count("Dropped " + reason) >= 1);
	}

	private CompletableFuture<Delivery> send(ResilientWebSocketClient client, String text) {
		return this.scenario.sends().send(client, text);
	}

	private ResilientWebSocketClient full(Overflow overflow) {
		ResilientWebSocketClient client = build(overflow);
		List.of("1", "2", "3").forEach((text) -> send(client, text));
		return client;
	}

	private ResilientWebSocketClient build(Overflow overflow) {
		return this.scenario.build(builder(overflow));
	}

	private ResilientWebSocketClient.Builder builder(Overflow overflow) {
		return this.scenario.builder(this.server.url())
			.queue((queue) -> queue.withBounds(3, 0).withOverflow(overflow, BLOCK_TIMEOUT));
	}

	public static class Unwritable {

		public String getValue() {
			throw new IllegalStateException("s3cret");
		}

	}

}
