package io.github.resilientws.internal.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of unacknowledged messages when their connection ends.
 */
class UnacknowledgedMessagesTests {

	@Test
	void deadPeerIsALossAndNoAttempt() {
		Rig rig = Acks.rig((delivery) -> delivery.withMaxAttempts(1)).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		rig.advance(Duration.ofSeconds(5 + 10 + 1));
		assertThat(rig.observed("disconnected")).containsExactly("disconnected HeartbeatLost");
		assertThat(Acks.ids(rig)).containsExactly("a");
		Acks.ack(rig, "a");
		assertThat(Rig.delivered(future).attempts()).isEqualTo(2);
	}

	@Test
	void unacknowledgedMessagesGoFirstAfterALoss() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(3)).connect();
		List<CompletableFuture<Delivery>> futures = List.of(Acks.send(rig, "a"), Acks.send(rig, "b"),
				Acks.send(rig, "c"), Acks.send(rig, "d"));
		Acks.ack(rig, "b");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(Acks.ids(rig)).containsExactly("a", "c", "d");
		Acks.ack(rig, "a", "c", "d");
		assertThat(futures.stream().map(Rig::delivered).map(Delivery::attempts)).containsExactly(2, 1, 2, 2);
		Acks.assertEmpty(rig);
	}

	@Test
	void resentMessageKeepsItsPlaceOverALoss() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		Acks.send(rig, "a");
		Acks.alive(rig);
		rig.advance(Duration.ofSeconds(4));
		Acks.send(rig, "b");
		Acks.alive(rig);
		rig.advance(Duration.ofSeconds(1));
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "a");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(Acks.ids(rig)).containsExactly("a", "b");
	}

	@Test
	void whatWasNeverStartedIsNoAttempt() {
		Rig rig = Acks.rig((delivery) -> delivery);
		rig.transport.script((connection) -> {
			connection.holdWrites();
			connection.open();
		});
		List<CompletableFuture<Delivery>> futures = List.of(Acks.send(rig, "a"), Acks.send(rig, "b"),
				Acks.send(rig, "c"));
		rig.connect();
		rig.connection().failHeldWrite(1, 2, new IOException());
		rig.connection().lose(1006);
		rig.transport.autoOpen();
		rig.advance(Duration.ofSeconds(1));
		Acks.ack(rig, "a", "b", "c");
		assertThat(futures.stream().map(Rig::delivered).map(Delivery::attempts)).containsExactly(2, 2, 1);
	}

	@Test
	void lateAcknowledgementOnTheNextConnectionCounts() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(1)).connect();
		List<CompletableFuture<Delivery>> futures = List.of(Acks.send(rig, "a"), Acks.send(rig, "b"));
		rig.connection().lose(1006);
		rig.transport.script((connection) -> {
			connection.open();
			connection.text("{\"type\":\"ack\",\"messageId\":\"b\"}");
			connection.text("{\"type\":\"ack\",\"messageId\":\"a\"}");
		});
		rig.advance(Duration.ofSeconds(1));
		assertThat(Rig.delivered(futures.get(0)).id()).isEqualTo("a");
		assertThat(Acks.ids(rig)).as("b was never sent before, so its acknowledgement was none").contains("b");
	}

	@Test
	void lossesAreNoAttemptsButTenInARowArePoison() {
		Rig rig = Acks.rig((delivery) -> delivery.withMaxAttempts(1).withAckTimeout(Duration.ofHours(1))).connect();
		List<CompletableFuture<Delivery>> futures = List.of(Acks.send(rig, "a"), Acks.send(rig, "b"));
		for (int i = 0; i < 10; i++) {
			assertThat(futures.get(0)).isNotDone();
			rig.connection().lose(1006);
			rig.advance(Duration.ofSeconds(31));
			assertThat(rig.client.isReady()).isTrue();
		}
		assertThat(Rig.undelivered(futures.get(0)).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(rig.observed("dead")).containsExactly("dead a 10 POISON");
		assertThat(Acks.ids(rig)).containsExactly("b");
		assertThat(futures.get(1)).isNotDone();
	}

	@Test
	void anyAcknowledgementClearsTheSuspicion() {
		Rig rig = Acks.rig((delivery) -> delivery.withAckTimeout(Duration.ofHours(1))).connect();
		Acks.send(rig, "a");
		for (int i = 0; i < 15; i++) {
			if (i == 8) {
				CompletableFuture<Delivery> other = Acks.send(rig, "b");
				Acks.ack(rig, "b");
				Rig.delivered(other);
			}
			rig.connection().lose(1006);
			rig.advance(Duration.ofSeconds(31));
		}
		assertThat(rig.client.getDeadLetters().list()).isEmpty();
	}

	@Test
	void drainingWaitsForAcknowledgements() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(2)).connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "a", "b", "c", "d");
		CompletableFuture<Void> closed = rig.client.disconnect();
		rig.advance(Duration.ofSeconds(1));
		Acks.ack(rig, "a", "b", "c");
		assertThat(closed).isNotDone();
		assertThat(rig.connection().closeCode()).isZero();
		Acks.ack(rig, "d");
		closed.orTimeout(5, TimeUnit.SECONDS).join();
		assertThat(futures).allSatisfy((future) -> assertThat(Rig.delivered(future).attempts()).isOne());
		assertThat(rig.connection().closeCode()).isEqualTo(1000);
	}

	@Test
	void drainingEndsAfterShutdownTimeout() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(1)).connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "a", "b");
		rig.client.disconnect();
		rig.advance(Duration.ofSeconds(16));
		for (int i = 0; i < 2; i++) {
			WebSocketDeliveryException failure = Rig.undelivered(futures.get(i));
			assertThat(failure.getReason()).isEqualTo(Reason.CLOSED);
			assertThat(failure.getAttempts()).isEqualTo(1 - i);
			assertThat(failure.isStored()).isFalse();
		}
		assertThat(rig.observed("dead")).isEmpty();
		Acks.assertEmpty(rig);
	}

	@Test
	void timeWithoutAConnectionCountsNoAttempt() {
		Rig rig = Acks.rig((delivery) -> delivery.withMaxAttempts(1).withWindow(4)).connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "a", "b", "c", "d", "e");
		rig.transport.failWith(new DisconnectCause.ConnectFailed(new IOException()));
		rig.connection().lose(1006);
		rig.advance(Duration.ofHours(1));
		assertThat(futures).noneMatch(CompletableFuture::isDone);
		rig.transport.autoOpen();
		for (int second = 0; second < 30 && !rig.client.isReady(); second++) {
			rig.advance(Duration.ofSeconds(1));
		}
		Acks.ack(rig, "a", "b", "c", "d", "e");
		assertThat(futures.stream().map(Rig::delivered).map(Delivery::attempts)).containsExactly(2, 2, 2, 2, 1);
		assertThat(rig.observed("dead")).isEmpty();
	}

	@Test
	void giveUpOfTheClientFailsWhatIsInFlight() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		rig.transport.failWith(new DisconnectCause.HandshakeRefused(400, Map.of()));
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		WebSocketDeliveryException failure = Rig.undelivered(future);
		assertThat(failure.getReason()).isEqualTo(Reason.CLOSED);
		assertThat(failure.getAttempts()).isOne();
	}

	@Test
	void volatileMessageIsDroppedWhenItsConnectionIsReplaced() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = rig.client.send(OutboundMessage.text("x").withId("a").asVolatile());
		rig.client.reconnect();
		WebSocketDeliveryException failure = Rig.undelivered(future);
		assertThat(failure.getReason()).isEqualTo(Reason.DROPPED);
		assertThat(failure.getAttempts()).isOne();
		assertThat(rig.connection().sentTexts()).isEmpty();
	}

}
