package io.github.resilientws.internal.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that may not wait for ever.
 */
class TimeToLiveTests {

	private static final Duration NANO = Duration.ofNanos(1);

	@Test
	void aMessageExpiresWhileTheLineIsDownSoonAfterItsDeadline() {
		Rig rig = new Rig((builder) -> builder.queue((queue) -> queue.withTtl(Duration.ofSeconds(2))));
		CompletableFuture<Delivery> queueTtl = rig.client.send("queue");
		CompletableFuture<Delivery> ownTtl = rig.client.send(message("own", 5000).withId("own"));
		rig.advance(Duration.ofSeconds(2).minus(NANO));
		rig.observed();
		assertThat(queueTtl).isNotDone();
		rig.advanceMillis(100);
		assertExpired(queueTtl);
		rig.advanceMillis(2900);
		rig.observed();
		assertThat(ownTtl).isNotDone();
		rig.advanceMillis(100);
		assertExpired(ownTtl);
		assertThat(rig.observed()).endsWith("dropped own EXPIRED");
		assertThat(rig.client.getStatistics().getMessagesDropped(Reason.EXPIRED)).isEqualTo(2);
		assertThat(rig.time.pendingTimers()).isZero();
		OutboxTests.assertEmpty(rig);
	}

	@Test
	void anEarlierDeadlineAfterALaterOneIsKept() {
		Rig rig = new Rig();
		rig.client.send(message("later", 60_000));
		CompletableFuture<Delivery> earlier = rig.client.send(message("earlier", 1000));
		rig.advanceMillis(1100);
		assertExpired(earlier);
	}

	@Test
	void anExpiredMessageIsNeverSent() {
		Rig rig = new Rig();
		CompletableFuture<Delivery> first = rig.client.send(message("first", 20_000));
		CompletableFuture<Delivery> second = rig.client.send(message("second", 20_050));
		rig.advance(Duration.ofSeconds(20));
		rig.connect();
		assertExpired(first);
		Rig.delivered(second);
		assertThat(rig.connection().sentTexts()).containsExactly("second");
	}

	@Test
	void anExpiredMessageDoesNotTakeThoseBehindItAlong() {
		Rig rig = new Rig();
		CompletableFuture<Delivery> first = rig.client.send(message("first", 50));
		CompletableFuture<Delivery> second = rig.client.send("second");
		CompletableFuture<Delivery> third = rig.client.send("third");
		// before the sweep
		rig.advanceMillis(60);
		rig.connect();
		assertExpired(first);
		Rig.delivered(second);
		Rig.delivered(third);
		OutboxTests.assertEmpty(rig);
	}

	@Test
	void aLiveSocketThatTakesNothingDoesNotKeepMessages() {
		Rig rig = new Rig().connect();
		rig.connection().setWritable(false);
		CompletableFuture<Delivery> future = rig.client.send(message("late", 3000));
		rig.advanceMillis(3100);
		assertExpired(future);
		rig.connection().setWritable(true);
		assertThat(rig.connection().sentTexts()).isEmpty();
	}

	@Test
	void aMessageThatComesBackUnsentStillExpires() {
		Rig rig = new Rig().connect();
		rig.connection().holdWrites();
		CompletableFuture<Delivery> first = rig.client.send(message("first", 1000));
		CompletableFuture<Delivery> second = rig.client.send(message("second", 9000));
		rig.advanceMillis(2000);
		rig.client.suspend();
		rig.connection().failHeldWrite(0, 0, new IOException());
		rig.connection().failHeldWrite(0, 0, new IOException());
		rig.advanceMillis(100);
		assertExpired(first);
		rig.advanceMillis(7000);
		assertExpired(second);
	}

	private static OutboundMessage message(String text, long ttlMillis) {
		return OutboundMessage.text(text).withTimeToLive(Duration.ofMillis(ttlMillis));
	}

	private static void assertExpired(CompletableFuture<Delivery> future) {
		assertThat(Rig.undelivered(future)).satisfies((ex) -> {
			assertThat(ex.getReason()).isEqualTo(Reason.EXPIRED);
			assertThat(ex.getAttempts()).isZero();
		});
	}

}
