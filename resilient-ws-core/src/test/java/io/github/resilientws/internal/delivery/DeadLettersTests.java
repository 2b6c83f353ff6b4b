package io.github.resilientws.internal.delivery;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be done with messages that were given up.
 */
class DeadLettersTests {

	private final Rig rig = Acks
		.rig((delivery) -> delivery.withMaxAttempts(1).withWindow(2000),
				(builder) -> builder.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.OFF)))
		.connect();

	@Test
	void resubmittedLetterHasAllItsAttemptsAgain() {
		bury("a");
		CompletableFuture<Delivery> future = this.rig.client.getDeadLetters().resubmit("a");
		assertThat(this.rig.client.getDeadLetters().list()).isEmpty();
		assertThat(this.rig.connection().sentTexts()).hasSize(2).containsOnly("{\"id\":\"a\",\"data\":\"say a\"}");
		Acks.ack(this.rig, "a");
		assertThat(Rig.delivered(future).attempts()).isEqualTo(2);
	}

	@Test
	void resubmittedLetterGoesBehindWhatWaits() {
		bury("a");
		this.rig.client.suspend();
		Acks.send(this.rig, "b");
		this.rig.client.getDeadLetters().resubmit("a");
		this.rig.client.resume();
		assertThat(Acks.ids(this.rig)).containsExactly("b", "a");
	}

	@Test
	void lateAcknowledgementClearsIt() {
		Acks.send(this.rig, "a", "b");
		this.rig.advance(Duration.ofSeconds(5));
		assertThat(this.rig.observed("dead")).containsExactly("dead a 1 NOT_ACKNOWLEDGED", "dead b 1 NOT_ACKNOWLEDGED");
		Acks.ack(this.rig, "a", "a");
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly("b");
		assertThat(this.rig.client.getStatistics().getDeadLetterCount()).isOne();
	}

	@Test
	void discardedLetterIsGone() {
		bury("a");
		assertThat(this.rig.client.getDeadLetters().discard("a")).isTrue();
		assertThat(this.rig.client.getDeadLetters().discard("a")).isFalse();
		assertThat(this.rig.client.getDeadLetters().list()).isEmpty();
	}

	@Test
	void unknownLetterCannotBeResubmitted() {
		assertThat(Rig.failure(this.rig.client.getDeadLetters().resubmit("x")))
			.isInstanceOf(NoSuchElementException.class);
	}

	@Test
	void letterStaysWhenTheClientRefusesIt() {
		bury("a");
		this.rig.client.disconnect();
		assertThat(Rig.undelivered(this.rig.client.getDeadLetters().resubmit("a")).getReason())
			.isEqualTo(Reason.CLOSED);
		assertThat(this.rig.client.getDeadLetters().list()).hasSize(1);
	}

	@Test
	void letterWhoseIdIsInTheOutboxCannotBeResubmitted() {
		bury("a");
		Acks.send(this.rig, "a");
		assertThat(Rig.undelivered(this.rig.client.getDeadLetters().resubmit("a")).getReason())
			.isEqualTo(Reason.REJECTED);
		assertThat(this.rig.client.getDeadLetters().list()).hasSize(1);
	}

	@Test
	void letterStaysWhenAnOutboxThatDropsTheOldestIsFull() {
		Rig full = Acks
			.rig((delivery) -> delivery.withMaxAttempts(1),
					(builder) -> builder.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.OFF))
						.queue((queue) -> queue.withBounds(1, 0)
							.withOverflow(Overflow.DROP_OLDEST, Duration.ofSeconds(1))))
			.connect();
		Acks.send(full, "a");
		full.advance(Duration.ofSeconds(5));
		Acks.send(full, "b");
		assertThat(Rig.undelivered(full.client.getDeadLetters().resubmit("a")).getReason()).isEqualTo(Reason.REJECTED);
		assertThat(full.client.getDeadLetters().list()).hasSize(1);
	}

	@Test
	void keepsTheNewestThousandAndReportsTheOthers() {
		for (int i = 0; i < 1002; i++) {
			Acks.send(this.rig, Integer.toString(i));
		}
		this.rig.advance(Duration.ofSeconds(6));
		assertThat(this.rig.client.getDeadLetters().list()).hasSize(1000)
			.extracting(DeadLetter::id)
			.startsWith("2")
			.endsWith("1001");
		assertThat(this.rig.observed("dropped")).containsExactly("dropped 0 DROPPED", "dropped 1 DROPPED");
		assertThat(this.rig.client.getStatistics().getMessagesDropped(Reason.DROPPED)).isEqualTo(2);
	}

	@Test
	void keepsNoMoreBytesThanTheOutboxMay() {
		for (String id : List.of("a", "b", "c")) {
			this.rig.client.send(OutboundMessage.text("x".repeat(6 * 1024 * 1024)).withId(id));
			this.rig.advance(Duration.ofSeconds(5));
		}
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly("b", "c");
		assertThat(this.rig.observed("dropped")).containsExactly("dropped a DROPPED");
	}

	private void bury(String id) {
		Acks.send(this.rig, id);
		this.rig.advance(Duration.ofSeconds(5));
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly(id);
	}

}
