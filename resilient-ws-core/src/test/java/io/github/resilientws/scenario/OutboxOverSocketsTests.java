package io.github.resilientws.scenario;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of the outbox as a server receives them. Bounds, order and ends are tested in
 * virtual time.
 */
class OutboxOverSocketsTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private TestWebSocketServer server;

	@BeforeEach
	void startServer() {
		this.server = this.scenario.server();
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

	@Test
	void everyOtherCharacterArrives() {
		ResilientWebSocketClient client = build(Overflow.REJECT);
		send(client, "\u0000ä€\uD83D\uDE00\uFFFD");
		assertArrive(client, "\u0000ä€\uD83D\uDE00\uFFFD");
	}

	@Test
	void buffersAreCopiedAndKeepTheirPosition() {
		ResilientWebSocketClient client = build(Overflow.REJECT);
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }).position(1).limit(3);

		CompletableFuture<Delivery> sent = client.send(buffer);
		assertThat(buffer.position()).isOne();
		assertThat(buffer.limit()).isEqualTo(3);
		assertThat(client.getStatistics().getQueueBytes()).isEqualTo(2);
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

	private CompletableFuture<Delivery> send(ResilientWebSocketClient client, String text) {
		return this.scenario.sends().send(client, text);
	}

	private ResilientWebSocketClient build(Overflow overflow) {
		return this.scenario.build(builder(overflow));
	}

	private ResilientWebSocketClient.Builder builder(Overflow overflow) {
		return this.scenario.builder(this.server.url())
			.queue((queue) -> queue.withBounds(3, 0).withOverflow(overflow, Duration.ofSeconds(1)));
	}

}
