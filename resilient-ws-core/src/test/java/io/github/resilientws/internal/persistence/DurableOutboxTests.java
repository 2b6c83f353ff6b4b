package io.github.resilientws.internal.persistence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.StoreUnavailableException;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An outbox that is kept in a file, over closes and restarts of the client.
 */
class DurableOutboxTests {

	@TempDir
	Path directory;

	private Rig rig;

	@AfterEach
	void close() {
		if (this.rig != null) {
			stop();
		}
	}

	@Test
	void sendsAfterARestartWhatWasAccepted() {
		start();
		List<CompletableFuture<Delivery>> futures = List.of(Acks.send(this.rig, "a"), Acks.send(this.rig, "b"),
				Acks.send(this.rig, "c"));
		restart();
		assertThat(futures).allSatisfy((future) -> {
			WebSocketDeliveryException failure = Rig.undelivered(future);
			assertThat(failure.getReason()).isEqualTo(Reason.CLOSED);
			assertThat(failure.isStored()).isTrue();
		});
		assertThat(this.rig.client.getStatistics().getQueueSize()).isEqualTo(3);
		this.rig.connect();
		assertThat(this.rig.connection().sentTexts()).containsExactly("{\"id\":\"a\",\"data\":\"say a\"}",
				"{\"id\":\"b\",\"data\":\"say b\"}", "{\"id\":\"c\",\"data\":\"say c\"}");
	}

	@Test
	void forgetsWhatIsDone() {
		start((delivery) -> delivery.withWindow(1).withNack("/type = nack", "", ""));
		this.rig.connect();
		Acks.send(this.rig, "a", "b");
		Acks.ack(this.rig, "a");
		this.rig.connection().text("{\"type\":\"nack\",\"messageId\":\"b\"}");
		this.rig.client.send(OutboundMessage.text("x").withId("c").asVolatile());
		Acks.send(this.rig, "d");
		restart();
		assertThat(this.rig.client.getStatistics().getQueueSize()).isOne();
		this.rig.connect();
		assertThat(Acks.ids(this.rig)).containsExactly("d");
	}

	@Test
	void sendsAgainAfterTheSameClientIsConnectedAgain() {
		start();
		Acks.send(this.rig, "a");
		stop();
		assertThat(this.rig.client.getStatistics().getQueueSize()).isZero();
		CompletableFuture<Void> ready = this.rig.client.connect();
		await(ready);
		assertThat(Acks.ids(this.rig)).containsExactly("a");
		Acks.send(this.rig, "b");
		assertThat(Acks.ids(this.rig)).containsExactly("a", "b");
	}

	@Test
	void sendsAgainAfterGivingUp() {
		start();
		Acks.send(this.rig, "a");
		this.rig.transport.failWith(new DisconnectCause.HandshakeRefused(400, Map.of()));
		this.rig.client.connect();
		Awaitility.await("futures complete on another thread")
			.untilAsserted(() -> assertThat(this.rig.client.getStatistics().getQueueSize()).isZero());
		this.rig.transport.autoOpen();
		await(this.rig.client.connect());
		assertThat(Acks.ids(this.rig)).containsExactly("a");
	}

	@Test
	void sequenceGoesOnBehindTheReservedBlock() {
		UnaryOperator<DeliverySettings> sequence = (delivery) -> delivery.withEnvelope("[{{id}},{{payload}}]",
				IdType.SEQUENCE);
		start(sequence);
		this.rig.client.send("x");
		long first = Rig.START.toEpochMilli() * 1000 + 1;
		stop();
		start(sequence);
		this.rig.client.send("y");
		this.rig.connect();
		assertThat(this.rig.connection().sentTexts()).containsExactly("[" + first + ",\"x\"]",
				"[" + (first + 10_000) + ",\"y\"]");
	}

	@Test
	void deadLettersSurvive() {
		start((delivery) -> delivery.withMaxAttempts(1));
		this.rig.connect();
		Acks.send(this.rig, "a", "b");
		this.rig.advance(Duration.ofSeconds(5));
		assertThat(this.rig.client.getDeadLetters().discard("b")).isTrue();
		restart();
		assertThat(this.rig.client.getDeadLetters().list()).singleElement().satisfies((letter) -> {
			assertThat(letter.id()).isEqualTo("a");
			assertThat(letter.attempts()).isOne();
			assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.NOT_ACKNOWLEDGED);
			assertThat(letter.since()).isEqualTo(Rig.START.plusSeconds(5));
		});
		this.rig.client.getDeadLetters().resubmit("a");
		restart();
		assertThat(this.rig.client.getDeadLetters().list()).isEmpty();
		this.rig.connect();
		assertThat(Acks.ids(this.rig)).containsExactly("a");
	}

	@Test
	void letterDiscardedWhileTheClientIsClosedStaysAway() {
		start((delivery) -> delivery.withMaxAttempts(1));
		this.rig.connect();
		Acks.send(this.rig, "a", "b");
		this.rig.advance(Duration.ofSeconds(5));
		stop();
		assertThat(this.rig.client.getDeadLetters().discard("a")).isTrue();
		await(this.rig.client.connect());
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly("b");
		restart();
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly("b");
	}

	@Test
	void anotherMessageWithTheIdOfALetterLeavesItAlone() {
		start((delivery) -> delivery.withMaxAttempts(1));
		this.rig.connect();
		Acks.send(this.rig, "a");
		this.rig.advance(Duration.ofSeconds(5));
		this.rig.client.suspend();
		this.rig.client.send(OutboundMessage.text("another").withId("a"));
		restart();
		assertThat(this.rig.client.getDeadLetters().list()).extracting(DeadLetter::id).containsExactly("a");
		assertThat(this.rig.client.getStatistics().getQueueSize()).isOne();
	}

	@Test
	void idIsKnownAlthoughTheStoreIsStillBeingRead() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		ScriptedStore store = new ScriptedStore();
		this.rig = Acks.rig((delivery) -> delivery,
				(builder) -> builder.component(OutboxStoreFactory.class, (client) -> store));
		Acks.send(this.rig, "a");
		stop();
		store.gate = gate;
		this.rig.client.connect();
		FutureTask<CompletableFuture<Delivery>> task = new FutureTask<>(() -> Acks.send(this.rig, "a"));
		Thread sender = new Thread(task);
		sender.start();
		// it waits for the thread that reads, or reads itself
		Awaitility.await()
			.until(() -> EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(sender.getState()));
		gate.countDown();
		WebSocketDeliveryException failure = Rig.undelivered(task.get(5, TimeUnit.SECONDS));
		assertThat(failure).hasMessageContaining("a message with this id is in the outbox");
	}

	@Test
	void messageWhoseOldWriteIsStillUnderWayIsNotTakenFromTheStoreBesides() {
		start();
		this.rig.connect();
		ScriptedConnection old = this.rig.connection();
		old.holdWrites();
		this.rig.client.send("x");
		this.rig.client.suspend();
		CompletableFuture<Void> closed = this.rig.client.disconnect();
		this.rig.advanceMillis(1);
		closed.orTimeout(5, TimeUnit.SECONDS).join();
		await(this.rig.client.connect());
		old.releaseWrites();
		assertThat(this.rig.connection()).isNotSameAs(old);
		assertThat(this.rig.connection().sentTexts()).hasSize(1).isEqualTo(old.sentTexts());
		assertThat(this.rig.client.getStatistics().getQueueSize()).isOne();
	}

	@Test
	void expiresByTheWallClock() {
		start();
		this.rig.client.send(OutboundMessage.text("x").withId("a").withTimeToLive(Duration.ofMinutes(1)));
		this.rig.client.send(OutboundMessage.text("x").withId("b").withTimeToLive(Duration.ofMinutes(3)));
		stop();
		start();
		this.rig.advance(Duration.ofMinutes(2));
		this.rig.connect();
		assertThat(Acks.ids(this.rig)).containsExactly("b");
	}

	@Test
	void recoveredMessagesAreBeyondTheBoundsAndSparedByOverflow() {
		start();
		Acks.send(this.rig, "a", "b", "c");
		stop();
		this.rig = rig((delivery) -> delivery,
				(queue) -> queue.withBounds(2, 0).withOverflow(Overflow.DROP_OLDEST, Duration.ofSeconds(1)));
		assertThat(Rig.undelivered(Acks.send(this.rig, "d")).getReason()).isEqualTo(Reason.REJECTED);
		this.rig.connect();
		assertThat(Acks.ids(this.rig)).containsExactly("a", "b", "c");
	}

	@Test
	void fileThatIsHeldStopsTheStart() {
		start();
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> rig((delivery) -> delivery))
			.withMessageContaining("chat")
			.withMessageContaining(this.directory.toString());
	}

	private void start() {
		start((delivery) -> delivery);
	}

	private void start(UnaryOperator<DeliverySettings> delivery) {
		this.rig = rig(delivery);
	}

	private void restart() {
		stop();
		start();
	}

	private void stop() {
		CompletableFuture<Void> closed = this.rig.client.disconnect();
		this.rig.advance(Duration.ofSeconds(15));
		closed.orTimeout(5, TimeUnit.SECONDS).join();
	}

	private Rig rig(UnaryOperator<DeliverySettings> delivery) {
		return rig(delivery, (queue) -> queue);
	}

	private Rig rig(UnaryOperator<DeliverySettings> delivery, UnaryOperator<QueueSettings> queue) {
		return Acks.rig(delivery,
				(builder) -> builder.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.OFF))
					.queue((defaults) -> queue.apply(defaults.withStore(StoreSettings.file(this.directory)))));
	}

	private void await(CompletableFuture<Void> ready) {
		Awaitility.await("the store is read on another thread").until(() -> {
			this.rig.advanceMillis(1);
			return ready.isDone();
		});
	}

}
