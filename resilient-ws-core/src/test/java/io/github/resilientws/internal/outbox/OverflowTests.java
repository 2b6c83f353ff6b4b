package io.github.resilientws.internal.outbox;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.converter.MessageConversionException;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What does not fit into the outbox, or may not enter it.
 */
class OverflowTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	@ParameterizedTest
	@CsvSource({ "REJECT, REJECTED", "DROP_NEWEST, DROPPED" })
	void theNewMessageFailsOnceABoundIsReached(Overflow overflow, Reason reason) {
		Rig byCount = rig(3, 0, overflow);
		List<CompletableFuture<Delivery>> fit = OutboxTests.send(byCount, 0, 3);
		CompletableFuture<Delivery> more = byCount.client.send(OutboundMessage.text("more").withId("m"));
		assertThat(more).isCompletedExceptionally();
		assertFailed(more, reason);
		assertThat(byCount.observed()).containsExactly("dropped m " + reason);
		Rig byBytes = rig(100, 10, overflow);
		fit.add(byBytes.client.send("4444"));
		fit.add(byBytes.client.send("666666"));
		assertFailed(byBytes.client.send("1"), reason);
		fit.add(byBytes.client.send(""));
		byCount.connect();
		byBytes.connect();
		fit.forEach(Rig::delivered);
		OutboxTests.assertEmpty(byCount);
		OutboxTests.assertEmpty(byBytes);
		Rig.delivered(byCount.client.send("again"));
	}

	@Test
	void theOldestMakesRoom() {
		Rig byCount = rig(3, 0, Overflow.DROP_OLDEST);
		List<CompletableFuture<Delivery>> futures = OutboxTests.send(byCount, 0, 5);
		assertFailed(futures.get(0), Reason.DROPPED);
		assertFailed(futures.get(1), Reason.DROPPED);
		byCount.connect();
		assertThat(byCount.connection().sentTexts()).containsExactly("2", "3", "4");
		Rig byBytes = rig(100, 10, Overflow.DROP_OLDEST);
		byBytes.client.send("333");
		byBytes.client.send("444");
		byBytes.client.send("4444");
		byBytes.client.send("55555");
		byBytes.connect();
		assertThat(byBytes.connection().sentTexts()).containsExactly("4444", "55555");
		OutboxTests.assertEmpty(byBytes);
	}

	@Test
	void whatWasHandedOverMakesNoRoom() {
		Rig rig = rig(3, 0, Overflow.DROP_OLDEST).connect();
		rig.connection().holdWrites();
		List<CompletableFuture<Delivery>> handedOver = OutboxTests.send(rig, 0, 2);
		rig.connection().setWritable(false);
		CompletableFuture<Delivery> waiting = rig.client.send("waiting");
		CompletableFuture<Delivery> newest = rig.client.send("newest");
		assertFailed(waiting, Reason.DROPPED);
		rig.connection().setWritable(true);
		assertFailed(rig.client.send("none to drop"), Reason.REJECTED);
		rig.connection().releaseWrites();
		handedOver.forEach(Rig::delivered);
		Rig.delivered(newest);
		assertThat(rig.connection().sentTexts()).containsExactly("0", "1", "newest");
	}

	@Test
	void aBlockedSenderGetsTheRoomOfAnother() throws Exception {
		Rig rig = rig(1, 0, Overflow.BLOCK).connect();
		rig.connection().holdWrites();
		rig.client.send("first");
		CompletableFuture<Delivery> second = blocked(rig, "second");
		rig.connection().releaseWrites();
		assertThat(Rig.delivered(second).attempts()).isOne();
		assertThat(rig.connection().sentTexts()).containsExactly("first", "second");
	}

	@Test
	void aBlockedSenderIsRejectedAtTheTimeOut() {
		Rig rig = new Rig(
				(builder) -> builder.queue((queue) -> queue.withBounds(1, 0).withOverflow(Overflow.BLOCK, SHORT)));
		rig.client.send("first");
		long start = System.nanoTime();
		assertFailed(rig.client.send("second"), Reason.REJECTED);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aBlockedSenderLearnsOfTheEnd(boolean draining) throws Exception {
		Rig rig = rig(1, 0, Overflow.BLOCK);
		if (draining) {
			rig.connect().connection().setWritable(false);
		}
		rig.client.send("first");
		CompletableFuture<Delivery> second = blocked(rig, "second");
		rig.client.disconnect();
		assertFailed(second, Reason.CLOSED);
	}

	@Test
	void theClientsOwnThreadsNeverBlock() {
		CompletableFuture<CompletableFuture<Delivery>> fromListener = new CompletableFuture<>();
		CompletableFuture<CompletableFuture<Delivery>> fromExecutor = new CompletableFuture<>();
		Rig[] self = new Rig[1];
		Rig rig = new Rig((builder) -> builder
			.queue((queue) -> queue.withBounds(1, 0).withOverflow(Overflow.BLOCK, Duration.ofMinutes(1)))
			.listener((message) -> fromListener.complete(self[0].client.send("listener"))));
		self[0] = rig;
		rig.connect().connection().setWritable(false);
		rig.client.send("first");
		rig.connection().text("go");
		rig.time.execute(() -> fromExecutor.complete(rig.client.send("executor")));
		assertFailed(fromListener.orTimeout(5, TimeUnit.SECONDS).join(), Reason.REJECTED);
		assertFailed(fromExecutor.orTimeout(5, TimeUnit.SECONDS).join(), Reason.REJECTED);
	}

	@Test
	void anIdIsTakenUntilItsMessageIsFinished() {
		Rig rig = new Rig();
		OutboundMessage message = OutboundMessage.text("payload").withId("a");
		CompletableFuture<Delivery> first = rig.client.send(message);
		CompletableFuture<Delivery> second = rig.client.send(message);
		assertFailed(second, Reason.REJECTED);
		assertThat(Rig.undelivered(second).getMessageId()).isEqualTo("a");
		rig.connect();
		assertThat(Rig.delivered(first).id()).isEqualTo("a");
		assertThat(Rig.delivered(first).attempts()).isOne();
		assertThat(Rig.delivered(rig.client.send(message)).id()).isEqualTo("a");
	}

	@Test
	void anIdOfARefusedMessageIsFree() {
		Rig rig = rig(1, 0, Overflow.REJECT);
		rig.client.send("first");
		OutboundMessage message = OutboundMessage.text("second").withId("a");
		assertFailed(rig.client.send(message), Reason.REJECTED);
		rig.connect();
		OutboxTests.assertEmpty(rig);
		Rig.delivered(rig.client.send(message));
	}

	@Test
	void whatNeverFitsIsRejectedWhateverThePolicy() {
		for (Overflow overflow : Overflow.values()) {
			Rig rig = rig(10, 5, overflow);
			CompletableFuture<Delivery> kept = rig.client.send("55555");
			assertFailed(rig.client.send("666666"), Reason.REJECTED);
			rig.connect();
			Rig.delivered(kept);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud83d", "a\ude00b", "\ude00\ud83d", "ok\ud83d\ud83d\ude00" })
	void aTextWithoutAUtf8FormIsRejected(String text) {
		Rig rig = new Rig().connect();
		assertFailed(rig.client.send(text), Reason.REJECTED);
		Rig.delivered(rig.client.send("\ud83d\ude00"));
		assertThat(rig.connection().sentTexts()).containsExactly("\ud83d\ude00");
	}

	@Test
	void wrongArgumentsThrow() {
		Rig rig = new Rig();
		assertThatIllegalArgumentException().isThrownBy(() -> rig.client.send((String) null));
		assertThatIllegalArgumentException().isThrownBy(() -> rig.client.send((ByteBuffer) null));
		assertThatIllegalArgumentException().isThrownBy(() -> rig.client.send((OutboundMessage) null));
		assertThatIllegalArgumentException().isThrownBy(() -> rig.client.convertAndSend(null));
		assertThatIllegalArgumentException().isThrownBy(() -> OutboundMessage.text("x").withId(" "));
	}

	@Test
	void aFailedConversionHasTheExceptionOfTheConverterAsCause() {
		CompletableFuture<Delivery> sent = new Rig().client.convertAndSend(Map.of("value", new Unwritable()));
		assertThat(sent).isCompletedExceptionally();
		assertFailed(sent, Reason.REJECTED);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(sent::join)
			.havingCause()
			.withMessageContaining("IllegalStateException at ")
			.withMessageNotContaining("s3cret")
			.havingCause()
			.isInstanceOf(MessageConversionException.class)
			.havingRootCause()
			.withMessage("s3cret");
	}

	private static Rig rig(int capacity, long maxBytes, Overflow overflow) {
		return new Rig((builder) -> builder
			.queue((queue) -> queue.withBounds(capacity, maxBytes).withOverflow(overflow, Duration.ofSeconds(10))));
	}

	private static CompletableFuture<Delivery> blocked(Rig rig, String text) throws InterruptedException {
		CompletableFuture<Delivery> result = new CompletableFuture<>();
		Thread sender = new Thread(() -> rig.client.send(text).whenComplete((delivery, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				result.complete(delivery);
			}
		}));
		sender.start();
		await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
		return result;
	}

	private static void assertFailed(CompletableFuture<Delivery> future, Reason reason) {
		assertThat(Rig.undelivered(future)).satisfies((ex) -> {
			assertThat(ex.getReason()).isEqualTo(reason);
			assertThat(ex.getAttempts()).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource(Overflow.class)
	void newerMessageReplacesOneWithItsKeyThoughTheOutboxIsFull(Overflow overflow) {
		Rig rig = new Rig((builder) -> builder
			.queue((queue) -> queue.withBounds(2, 0).withOverflow(overflow, Duration.ofMillis(100))));
		CompletableFuture<Delivery> first = rig.client.send(OutboundMessage.text("old a").withKey("a"));
		rig.client.send(OutboundMessage.text("b").withKey("b"));
		CompletableFuture<Delivery> last = rig.client.send(OutboundMessage.text("new a").withKey("a"));
		assertThat(Rig.undelivered(first).getReason()).isEqualTo(Reason.DROPPED);
		assertThat(last).isNotDone();
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("b", "new a");
	}

	@Test
	void fullOutboxRefusesAMessageWhoseKeyIsOnItsWay() {
		Rig rig = new Rig((builder) -> builder.queue((queue) -> queue.withBounds(1, 0)));
		rig.transport.script((connection) -> {
			connection.holdWrites();
			connection.open();
		});
		rig.connect();
		rig.client.send(OutboundMessage.text("old").withKey("a"));
		assertThat(Rig.undelivered(rig.client.send(OutboundMessage.text("new").withKey("a"))).getReason())
			.isEqualTo(Reason.REJECTED);
	}

	@Test
	void messagesThatReplaceOthersNeedNoRoomWhileTheExecutorIsBusy() {
		Rig rig = new Rig((builder) -> builder.queue((queue) -> queue.withBounds(2, 0)));
		rig.client.send(OutboundMessage.text("a1").withKey("a"));
		List<CompletableFuture<Delivery>> futures = new ArrayList<>();
		// the executor takes all of them at once
		rig.time.execute(() -> {
			futures.add(rig.client.send(OutboundMessage.text("b1").withKey("b")));
			futures.add(rig.client.send(OutboundMessage.text("a2").withKey("a")));
			futures.add(rig.client.send(OutboundMessage.text("a3").withKey("a")));
		});
		assertThat(Rig.undelivered(futures.get(1)).getReason()).isEqualTo(Reason.DROPPED);
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("b1", "a3");
	}

	public static class Unwritable {

		public String getValue() {
			throw new IllegalStateException("s3cret");
		}

	}

}
