package io.github.resilientws.internal.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows when an acknowledgement does not come in time.
 */
class AcknowledgementTimeoutTests {

	@Test
	void sendsAgainTheSameBytesAfterTheTimeout() {
		Rig rig = Acks.rig((delivery) -> delivery.withAckTimeout(Duration.ofSeconds(2))).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		Acks.alive(rig);
		rig.advanceMillis(1999);
		assertThat(Acks.ids(rig)).containsExactly("a");
		rig.advanceMillis(1);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":\"a\",\"data\":\"say a\"}",
				"{\"id\":\"a\",\"data\":\"say a\"}");
		Acks.ack(rig, "a");
		assertThat(Rig.delivered(future).attempts()).isEqualTo(2);
		assertThat(rig.client.getStatistics().getMessagesResent()).isOne();
		assertThat(rig.client.getStatistics().getMessagesSent()).isEqualTo(2);
		// that of the second copy
		Acks.ack(rig, "a");
		assertThat(rig.connection().sentTexts()).hasSize(2);
		Acks.assertEmpty(rig);
	}

	@Test
	void resendsGoBeforeWaitingMessages() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(2)).connect();
		Acks.send(rig, "a", "b", "c");
		Acks.alive(rig);
		rig.advance(Duration.ofSeconds(5));
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "a", "b");
	}

	@Test
	void isADeadLetterAfterMaxAttempts() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		for (int i = 0; i < 3; i++) {
			Acks.alive(rig);
			rig.advance(Duration.ofSeconds(5));
		}
		WebSocketDeliveryException failure = Rig.undelivered(future);
		assertThat(failure.getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(failure.getAttempts()).isEqualTo(3);
		assertThat(failure.isStored()).isFalse();
		assertThat(rig.client.getDeadLetters().list()).singleElement().satisfies((letter) -> {
			assertThat(letter.id()).isEqualTo("a");
			assertThat(letter.payload()).isEqualTo("{\"id\":\"a\",\"data\":\"say a\"}");
			assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.NOT_ACKNOWLEDGED);
		});
		assertThat(rig.observed("d")).containsExactly("dead a 3 NOT_ACKNOWLEDGED");
		assertThat(Acks.ids(rig)).hasSize(3);
		Acks.assertEmpty(rig);
	}

	@Test
	void silentPeerIsProbedBeforeTheTimeoutCounts() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		Acks.send(rig, "a");
		rig.advance(Duration.ofSeconds(5));
		assertThat(Acks.ids(rig)).containsExactly("a");
		assertThat(rig.connection().pings()).hasSize(1);
		rig.advance(Duration.ofSeconds(1));
		rig.connection().pong();
		assertThat(Acks.ids(rig)).containsExactly("a", "a");
	}

	@Test
	void acknowledgementThatAnswersTheProbeSparesTheResend() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		rig.advance(Duration.ofSeconds(6));
		Acks.ack(rig, "a");
		assertThat(Rig.delivered(future).attempts()).isOne();
		assertThat(Acks.ids(rig)).containsExactly("a");
	}

	@Test
	void withoutHeartbeatsSilenceCounts() {
		Rig rig = Acks
			.rig((delivery) -> delivery,
					(builder) -> builder.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.OFF)))
			.connect();
		Acks.send(rig, "a");
		rig.advance(Duration.ofSeconds(5));
		assertThat(Acks.ids(rig)).containsExactly("a", "a");
	}

	@Test
	void timeStandsStillWhileNothingCanBeWritten() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		Acks.send(rig, "a");
		Acks.alive(rig);
		rig.connection().setWritable(false);
		Acks.send(rig, "b");
		rig.advance(Duration.ofSeconds(20));
		assertThat(Acks.ids(rig)).containsExactly("a");
		rig.connection().setWritable(true);
		assertThat(Acks.ids(rig)).containsExactly("a", "b");
		Acks.alive(rig);
		rig.advance(Duration.ofSeconds(5));
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "a", "b");
	}

	@Test
	void expiresBeforeAResend() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = rig.client
			.send(OutboundMessage.text("x").withId("a").withTimeToLive(Duration.ofSeconds(3)));
		Acks.alive(rig);
		rig.advance(Duration.ofSeconds(5));
		WebSocketDeliveryException failure = Rig.undelivered(future);
		assertThat(failure.getReason()).isEqualTo(Reason.EXPIRED);
		assertThat(failure.getAttempts()).isOne();
	}

	@Test
	void eachMessageIsSentAgainAtItsOwnTime() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		Acks.send(rig, "a");
		rig.advanceMillis(10);
		Acks.send(rig, "b");
		Acks.alive(rig);
		rig.advanceMillis(4990);
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "a");
		rig.advanceMillis(10);
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "a", "b");
	}

}
