package io.github.resilientws.internal.persistence;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.StoreUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A durable outbox whose store is full, or throws.
 */
class FaultyStoreTests {

	private Rig rig;

	@AfterEach
	void close() {
		if (this.rig != null) {
			this.rig.client.disconnect();
		}
	}

	@Test
	void messageThatCannotBeStoredIsRejectedAndItsRoomIsFree() {
		ScriptedStore store = new ScriptedStore();
		this.rig = Acks.rig((delivery) -> delivery,
				(builder) -> builder.component(OutboxStoreFactory.class, (client) -> store)
					.queue((queue) -> queue.withBounds(1, 0)));
		store.full.set(true);
		WebSocketDeliveryException failure = Rig.undelivered(Acks.send(this.rig, "a"));
		assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
		assertThat(failure).hasMessageContaining("No space left");
		store.full.set(false);
		CompletableFuture<Delivery> second = Acks.send(this.rig, "a");
		this.rig.connect();
		Acks.ack(this.rig, "a");
		assertThat(Rig.delivered(second).attempts()).isOne();
	}

	@Test
	void messageThatCannotBeStoredDropsNoOther() {
		ScriptedStore store = new ScriptedStore();
		this.rig = Acks
			.rig((delivery) -> delivery, (builder) -> builder.component(OutboxStoreFactory.class, (client) -> store)
				.queue((queue) -> queue.withBounds(2, 0).withOverflow(Overflow.DROP_OLDEST, Duration.ofSeconds(1))));
		CompletableFuture<Delivery> oldest = Acks.send(this.rig, "a");
		CompletableFuture<Delivery> keyed = this.rig.client
			.send(OutboundMessage.text("say b").withId("b").withKey("k"));
		store.full.set(true);
		assertThat(Rig.undelivered(Acks.send(this.rig, "c")).getReason()).isEqualTo(Reason.REJECTED);
		OutboundMessage newer = OutboundMessage.text("say d").withId("d").withKey("k");
		assertThat(Rig.undelivered(this.rig.client.send(newer)).getReason()).isEqualTo(Reason.REJECTED);
		assertThat(oldest).isNotDone();
		assertThat(keyed).isNotDone();
		store.full.set(false);
		this.rig.client.send(newer);
		assertThat(Rig.undelivered(keyed).getReason()).isEqualTo(Reason.DROPPED);
		this.rig.connect();
		assertThat(Acks.ids(this.rig)).containsExactly("a", "d");
	}

	@Test
	void storeThatThrowsRefusesTheMessageAndStopsNothing() {
		ScriptedStore store = new ScriptedStore();
		this.rig = Acks.rig((delivery) -> delivery,
				(builder) -> builder.component(OutboxStoreFactory.class, (client) -> store)
					.queue((queue) -> queue.withBounds(1, 0)));
		store.broken.set(true);
		assertThat(Rig.undelivered(Acks.send(this.rig, "a")).getReason()).isEqualTo(Reason.REJECTED);
		store.broken.set(false);
		CompletableFuture<Delivery> future = Acks.send(this.rig, "a");
		this.rig.connect();
		store.broken.set(true);
		Acks.ack(this.rig, "a");
		assertThat(Rig.delivered(future).attempts()).isOne();
		assertThat(this.rig.client.getStatistics().getStoreProblem())
			.startsWith("java.lang.IllegalStateException at " + ScriptedStore.class.getName())
			.doesNotContain("s3cret");
		Awaitility.await("futures complete on another thread")
			.untilAsserted(() -> assertThat(this.rig.client.getStatistics().getQueueSize()).isZero());
	}

	@Test
	void storeThatThrowsErrorsRefusesTheMessageAndStopsNothing() {
		ScriptedStore store = new ScriptedStore();
		this.rig = Acks.rig((delivery) -> delivery,
				(builder) -> builder.component(OutboxStoreFactory.class, (client) -> store)
					.queue((queue) -> queue.withBounds(1, 0)));
		store.failure = new NoClassDefFoundError("s3cret");
		assertThat(Rig.undelivered(Acks.send(this.rig, "a")).getReason()).isEqualTo(Reason.REJECTED);
		store.failure = null;
		CompletableFuture<Delivery> future = Acks.send(this.rig, "a");
		this.rig.connect();
		store.failure = new NoClassDefFoundError("s3cret");
		Acks.ack(this.rig, "a");
		assertThat(Rig.delivered(future).attempts()).isOne();
		CompletableFuture<Void> closed = this.rig.client.disconnect();
		this.rig.advance(Duration.ofSeconds(15));
		closed.orTimeout(5, TimeUnit.SECONDS).join();
		assertThat(this.rig.client.getStatistics().getStoreProblem())
			.startsWith("java.lang.NoClassDefFoundError at " + FaultyStoreTests.class.getName())
			.doesNotContain("s3cret");
	}

	@Test
	void storeThatCannotBeReadIsClosedAgain() {
		ScriptedStore store = new ScriptedStore();
		store.broken.set(true);
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> Acks.rig((delivery) -> delivery,
				(builder) -> builder.component(OutboxStoreFactory.class, (client) -> store)));
		assertThat(store.closed).isTrue();
	}

}
