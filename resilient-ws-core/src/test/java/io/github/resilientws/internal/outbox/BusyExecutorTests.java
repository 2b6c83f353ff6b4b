package io.github.resilientws.internal.outbox;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Senders while the client's executor is busy with something else.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyExecutorTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final CountDownLatch busy = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.busy.countDown();
	}

	@Test
	void dropOldestNeverAcceptsMoreBytesThanAllowed() throws Exception {
		Rig rig = rig(10_000, 16 * MEGABYTE, Overflow.DROP_OLDEST);
		keepBusy(rig);
		AtomicLong most = new AtomicLong();
		List<CompletableFuture<Delivery>> futures = new CopyOnWriteArrayList<>();

		List<Thread> senders = IntStream.range(0, 16).mapToObj((sender) -> new Thread(() -> {
			ByteBuffer megabyte = ByteBuffer.allocate(MEGABYTE);
			for (int i = 0; i < 10; i++) {
				futures.add(rig.client.send(megabyte));
				most.accumulateAndGet(rig.client.getStatistics().getQueueBytes(), Math::max);
			}
		})).toList();
		run(senders);

		assertThat(most.get()).isEqualTo(16 * MEGABYTE);
		awaitDropped(futures, 144);
		List<CompletableFuture<Delivery>> accepted = futures.stream().filter((future) -> !future.isDone()).toList();
		assertThat(accepted).hasSize(16);
		letGo(rig);
		rig.connect();
		accepted.forEach(Rig::delivered);
		OutboxTests.assertEmpty(rig);
	}

	@Test
	void dropOldestNeverAcceptsMoreMessagesThanAllowed() throws Exception {
		Rig rig = rig(10, 0, Overflow.DROP_OLDEST);
		CompletableFuture<Delivery> first = rig.client.send("first");
		keepBusy(rig);

		List<CompletableFuture<Delivery>> futures = OutboxTests.send(rig, 0, 3_000);

		assertThat(Rig.undelivered(first).getReason()).isEqualTo(Reason.DROPPED);
		awaitDropped(futures.subList(0, 2_990), 2_990);
		assertThat(futures.subList(2_990, 3_000)).noneMatch(CompletableFuture::isDone);
		letGo(rig);
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("2990", "2991", "2992", "2993", "2994", "2995", "2996",
				"2997", "2998", "2999");
		OutboxTests.assertEmpty(rig);
	}

	@Test
	void futuresAndEventsOfDroppedMessagesComeInOrder() throws Exception {
		Rig rig = rig(3, 0, Overflow.DROP_OLDEST);
		keepBusy(rig);
		List<String> failed = new CopyOnWriteArrayList<>();
		List<CompletableFuture<Void>> ends = new ArrayList<>();

		for (int i = 0; i < 100; i++) {
			String id = "m" + i;
			CompletableFuture<Delivery> future = rig.client.send(OutboundMessage.text("x").withId(id));
			if (i < 97) {
				ends.add(future.handle((delivery, failure) -> {
					failed.add(id);
					return null;
				}));
			}
		}
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).orTimeout(5, TimeUnit.SECONDS).join();

		List<String> ids = IntStream.range(0, 97).mapToObj((i) -> "m" + i).toList();
		assertThat(failed).isEqualTo(ids);
		letGo(rig);
		assertThat(rig.observed("dropped")).isEqualTo(ids.stream().map((id) -> "dropped " + id + " DROPPED").toList());
	}

	@Test
	void newerMessageWithAKeyNeverTakesMoreRoomThanThereIs() {
		Rig rig = rig(10, 10, Overflow.REJECT);
		CompletableFuture<Delivery> first = rig.client.send(OutboundMessage.text("55555").withKey("k"));
		rig.client.send("333");

		assertThat(Rig.undelivered(rig.client.send(OutboundMessage.text("88888888").withKey("k"))).getReason())
			.isEqualTo(Reason.REJECTED);
		assertThat(first).isNotDone();
		rig.client.send(OutboundMessage.text("7777777").withKey("k"));
		assertThat(Rig.undelivered(first).getReason()).isEqualTo(Reason.DROPPED);
		assertThat(rig.client.getStatistics().getQueueBytes()).isEqualTo(10);
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("333", "7777777");
	}

	@ParameterizedTest
	@EnumSource(Overflow.class)
	void senderThatIsTheExecutorIsNotHeldUp(Overflow overflow) {
		Rig rig = rig(2, 0, overflow);
		List<CompletableFuture<Delivery>> futures = new ArrayList<>();

		rig.time.execute(() -> {
			for (int i = 0; i < 3_000; i++) {
				futures.add(rig.client.send(OutboundMessage.text(Integer.toString(i)).withKey("k" + i % 2)));
			}
		});

		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("2998", "2999");
		OutboxTests.assertEmpty(rig);
		assertThat(futures).hasSize(3_000);
		awaitDropped(futures.subList(0, 2_998), 2_998);
	}

	private void keepBusy(Rig rig) throws InterruptedException {
		CountDownLatch started = new CountDownLatch(1);
		Thread thread = new Thread(() -> rig.time.execute(() -> {
			started.countDown();
			try {
				this.busy.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}));
		thread.setDaemon(true);
		thread.start();
		started.await();
	}

	private static void run(List<Thread> threads) throws InterruptedException {
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private void letGo(Rig rig) {
		this.busy.countDown();
		// waits for the task
		rig.advance(Duration.ZERO);
	}

	private static void awaitDropped(List<CompletableFuture<Delivery>> futures, int count) {
		await("futures complete on another thread")
			.until(() -> futures.stream().filter(CompletableFuture::isCompletedExceptionally).count() == count);
		assertThat(futures.stream().filter(CompletableFuture::isDone))
			.allMatch((future) -> Rig.undelivered(future).getReason() == Reason.DROPPED);
	}

	private static Rig rig(int capacity, long maxBytes, Overflow overflow) {
		return new Rig((builder) -> builder
			.queue((queue) -> queue.withBounds(capacity, maxBytes).withOverflow(overflow, Duration.ofSeconds(10))));
	}

}
