package io.github.resilientws.internal.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The way of messages out: order, batches, losses, ends.
 */
class OutboxTests {

	@Test
	void keepsTheOrderOverALossInTheMiddleOfABatch() {
		Rig rig = new Rig();
		List<CompletableFuture<Delivery>> futures = send(rig, 0, 5);
		rig.transport.script((connection) -> {
			connection.holdWrites();
			connection.open();
		});
		rig.connect();
		futures.addAll(send(rig, 5, 3));
		rig.connection().failHeldWrite(2, 3, new IOException());
		rig.connection().lose(1006);
		rig.transport.autoOpen();
		futures.addAll(send(rig, 8, 2));
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(1).sentTexts()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
		assertThat(rig.connection(2).sentTexts()).containsExactly("3", "4", "5", "6", "7", "8", "9");
		for (int i = 0; i < 10; i++) {
			if (i == 2) {
				assertThat(Rig.undelivered(futures.get(i))).satisfies((ex) -> {
					assertThat(ex.getReason()).isEqualTo(Reason.UNDELIVERABLE);
					assertThat(ex.getAttempts()).isOne();
				});
			}
			else {
				assertThat(Rig.delivered(futures.get(i)).attempts()).isOne();
			}
		}
		assertEmpty(rig);
	}

	@Test
	void batchesOfOneConnectionThatAllFailKeepTheirOrder() {
		Rig rig = new Rig();
		rig.transport.script((connection) -> {
			connection.holdWrites();
			connection.open();
		});
		rig.connect();
		send(rig, 0, 4);
		rig.connection().lose(1006);
		rig.transport.autoOpen();
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(1).writeSizes()).containsExactly(1, 1, 1, 1);
		assertThat(rig.connection(2).sentTexts()).containsExactly("0", "1", "2", "3");
		assertThat(rig.connection(2).writeSizes()).containsExactly(4);
	}

	@Test
	void writesABatchAtOnceOfAtMost512() {
		Rig rig = new Rig();
		send(rig, 0, 1200);
		rig.connect();
		assertThat(rig.connection().writeSizes()).containsExactly(512, 512, 176);
		assertThat(rig.client.getStatistics().getMessagesSent()).isEqualTo(1200);
	}

	@Test
	void aBatchIsFullWith64KilobytesAndEndsBeforeALargerMessage() {
		Rig rig = new Rig();
		IntStream.range(0, 9).forEach((i) -> rig.client.send("x".repeat(16 * 1024)));
		rig.client.send("x".repeat(100 * 1024));
		rig.client.send("end");
		rig.connect();
		assertThat(rig.connection().writeSizes()).containsExactly(4, 4, 1, 1, 1);
	}

	@Test
	void writesNothingWhileTheSocketTakesNothing() {
		Rig rig = new Rig().connect();
		rig.connection().setWritable(false);
		List<CompletableFuture<Delivery>> futures = send(rig, 0, 3);
		assertThat(rig.connection().sentTexts()).isEmpty();
		assertThat(futures).noneMatch(CompletableFuture::isDone);
		assertThat(rig.client.getStatistics().getQueueSize()).isEqualTo(3);
		rig.connection().setWritable(true);
		assertThat(rig.connection().sentTexts()).containsExactly("0", "1", "2");
		futures.forEach(Rig::delivered);
	}

	@Test
	void heartbeatsDoNotWaitBehindData() {
		Rig rig = new Rig((builder) -> builder.heartbeat((heartbeat) -> heartbeat.withText("hb", ""))).connect();
		rig.connection().setWritable(false);
		send(rig, 0, 3);
		rig.advance(Duration.ofSeconds(30));
		assertThat(rig.connection().sentTexts()).containsExactly("hb");
	}

	@Test
	void aNewConnectionWaitsForTheFateOfTheOldOnesWrites() {
		Rig rig = new Rig().connect();
		rig.connection().holdWrites();
		send(rig, 0, 2);
		rig.client.reconnect();
		CompletableFuture<Delivery> third = rig.client.send("2");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.connection(2).sentTexts()).isEmpty();
		rig.connection(1).failHeldWrite(0, 0, new IOException());
		assertThat(rig.connection(2).sentTexts()).isEmpty();
		rig.connection(1).failHeldWrite(0, 0, new IOException());
		assertThat(rig.connection(2).sentTexts()).containsExactly("0", "1", "2");
		Rig.delivered(third);
		assertEmpty(rig);
	}

	@Test
	void drainingSendsWhatWaitsAndFailsTheRestAtTheTimeOut() {
		Rig rig = new Rig().connect();
		rig.connection().setWritable(false);
		List<CompletableFuture<Delivery>> futures = send(rig, 0, 2);
		CompletableFuture<Void> closed = rig.client.disconnect();
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		rig.connection().setWritable(true);
		futures.forEach(Rig::delivered);
		closed.join();
		assertThat(rig.connection().closeCode()).isEqualTo(1000);

		Rig slow = new Rig().connect();
		slow.connection().setWritable(false);
		CompletableFuture<Delivery> left = slow.client.send("left");
		slow.client.disconnect();
		slow.advance(Duration.ofSeconds(10));
		assertClosed(left, 0);
		assertThat(slow.state()).isEqualTo(ConnectionState.CLOSED);
		assertEmpty(slow);
	}

	@ParameterizedTest
	@EnumSource(names = { "IDLE", "CONNECTING", "ESTABLISHING", "BACKING_OFF", "SUSPENDED" })
	void closingFailsEverythingPending(ConnectionState state) {
		Rig rig = Rig.in(state);
		List<CompletableFuture<Delivery>> futures = send(rig, 0, 3);
		rig.advance(Duration.ofMillis(500));
		rig.client.disconnect();
		futures.forEach((future) -> assertClosed(future, 0));
		assertEmpty(rig);
	}

	@Test
	void givingUpFailsEverythingPending() {
		Rig rig = Rig.in(ConnectionState.CONNECTING);
		List<CompletableFuture<Delivery>> futures = send(rig, 0, 3);
		rig.connection().refuse(new DisconnectCause.HandshakeRefused(405, Map.of()));
		futures.forEach((future) -> assertClosed(future, 0));
		assertThat(rig.observed("dropped")).isEmpty();
		assertEmpty(rig);
	}

	@Test
	void whatWasInFlightAtTheCloseIsClosedOrUncertain() {
		Rig rig = new Rig().connect();
		rig.connection().holdWrites();
		List<CompletableFuture<Delivery>> futures = send(rig, 0, 3);
		rig.client.suspend();
		rig.client.disconnect();
		rig.connection().failHeldWrite(1, 1, new IOException());
		rig.connection().failHeldWrite(0, 1, new IOException());
		rig.connection().failHeldWrite(0, 0, new IOException());
		assertThat(Rig.delivered(futures.get(0)).attempts()).isOne();
		assertThat(Rig.undelivered(futures.get(1)).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertClosed(futures.get(2), 0);
		assertEmpty(rig);
	}

	@Test
	void volatileMessagesAreDroppedUnlessReady() {
		Rig rig = new Rig();
		OutboundMessage tick = OutboundMessage.text("tick").asVolatile();
		assertDropped(rig.client.send(tick));
		rig.connect();
		assertThat(Rig.delivered(rig.client.send(tick)).attempts()).isOne();
		rig.connection().setWritable(false);
		CompletableFuture<Delivery> waiting = rig.client.send(tick);
		CompletableFuture<Delivery> kept = rig.client.send("kept");
		rig.connection().lose(1006);
		assertDropped(waiting);
		rig.advance(Duration.ofSeconds(1));
		Rig.delivered(kept);
		assertThat(rig.connection().sentTexts()).containsExactly("kept");
		assertThat(rig.client.getStatistics().getMessagesDropped(Reason.DROPPED)).isEqualTo(2);
	}

	@Test
	void aVolatileMessageThatComesBackUnsentIsDropped() {
		Rig rig = new Rig().connect();
		rig.connection().holdWrites();
		CompletableFuture<Delivery> tick = rig.client.send(OutboundMessage.text("tick").asVolatile());
		rig.client.suspend();
		rig.connection().failHeldWrite(0, 0, new IOException());
		assertDropped(tick);
		rig.client.resume();
		assertThat(rig.connection().sentTexts()).isEmpty();
		assertEmpty(rig);
	}

	@Test
	void theStatisticsFollowTheQueue() {
		Rig rig = new Rig();
		rig.client.send("four");
		rig.advance(Duration.ofSeconds(3));
		rig.client.send("sixsix");
		ClientStatistics statistics = rig.client.getStatistics();
		assertThat(statistics.getQueueSize()).isEqualTo(2);
		assertThat(statistics.getQueueBytes()).isEqualTo(10);
		assertThat(statistics.getQueueAge()).isEqualTo(Duration.ofSeconds(3));
		rig.transport.script((connection) -> {
			connection.holdWrites();
			connection.open();
		});
		rig.connect();
		assertThat(statistics.getInFlight()).isEqualTo(2);
		assertThat(statistics.getQueueSize()).isEqualTo(2);
		rig.connection().releaseWrites();
		assertEmpty(rig);
	}

	static List<CompletableFuture<Delivery>> send(Rig rig, int from, int count) {
		List<CompletableFuture<Delivery>> futures = new ArrayList<>();
		IntStream.range(from, from + count).forEach((i) -> futures.add(rig.client.send(Integer.toString(i))));
		return futures;
	}

	static void assertEmpty(Rig rig) {
		ClientStatistics statistics = rig.client.getStatistics();
		await().until(() -> statistics.getQueueSize() == 0);
		assertThat(statistics.getQueueBytes()).isZero();
		assertThat(statistics.getInFlight()).isZero();
		assertThat(statistics.getQueueAge()).isZero();
	}

	private static void assertClosed(CompletableFuture<Delivery> future, int attempts) {
		WebSocketDeliveryException failure = Rig.undelivered(future);
		assertThat(failure.getReason()).isEqualTo(Reason.CLOSED);
		assertThat(failure.getAttempts()).isEqualTo(attempts);
	}

	private static void assertDropped(CompletableFuture<Delivery> future) {
		assertThat(Rig.undelivered(future).getReason()).isEqualTo(Reason.DROPPED);
	}

}
