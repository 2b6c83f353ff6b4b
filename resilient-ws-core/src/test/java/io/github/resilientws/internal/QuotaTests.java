package io.github.resilientws.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.outbox.OutboxCapacity;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class QuotaTests {

	private static final long LONG = TimeUnit.SECONDS.toNanos(10);

	@Test
	void givesRoomExactlyToItsBounds() {
		OutboxCapacity quota = quota(3, 10);
		assertThat(quota.tryTake(4)).isTrue();
		assertThat(quota.tryTake(7)).isFalse();
		assertThat(quota.tryTake(6)).isTrue();
		assertThat(quota.tryTake(1)).isFalse();
		assertThat(quota.tryTake(0)).isTrue();
		assertThat(quota.tryTake(0)).isFalse();
		assertThat(quota.unfinished()).isEqualTo(3);
		assertThat(quota.bytes()).isEqualTo(10);
		assertThat(quota.everFits(10)).isTrue();
		assertThat(quota.everFits(11)).isFalse();
		assertThat(quota(1, 0).everFits(Integer.MAX_VALUE)).isTrue();
	}

	@Test
	void roomIsBackWhenAMessageIsDecidedAndItCountsUntilItIsCompleted() {
		OutboxCapacity quota = quota(1, 10);
		quota.tryTake(5);
		quota.decided(1, 5);
		assertThat(quota.unfinished()).isOne();
		assertThat(quota.bytes()).isZero();
		assertThat(quota.tryTake(10)).isTrue();
		quota.completed(1);
		assertThat(quota.unfinished()).isOne();
	}

	@Test
	void completionsThatLagBehindHoldSendersBack() {
		OutboxCapacity quota = quota(2, 0);
		for (int i = 0; i < 3; i++) {
			assertThat(quota.tryTake(1)).isTrue();
			quota.decided(1, 1);
		}
		assertThat(quota.tryTake(1)).isFalse();
		assertThat(quota.takeAnyway(1)).isFalse();
		quota.completed(1);
		assertThat(quota.tryTake(1)).isTrue();
	}

	@Test
	void mayBeExceededUntilTheOldestMakesRoom() {
		OutboxCapacity quota = quota(1, 10);
		quota.takeAnyway(10);
		assertThat(quota.isExceeded()).isFalse();
		quota.takeAnyway(0);
		assertThat(quota.isExceeded()).isTrue();
		quota.decided(1, 10);
		assertThat(quota.isExceeded()).isFalse();
	}

	@Test
	void neverGivesMoreThanItHasAndForgetsNoSender() throws Exception {
		OutboxCapacity quota = quota(2, 0);
		AtomicInteger holding = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(4);
		List<Thread> senders = new ArrayList<>();
		for (int sender = 0; sender < 4; sender++) {
			senders.add(new Thread(() -> {
				try {
					for (int i = 0; i < 5000; i++) {
						if (!quota.take(1, LONG, () -> true)) {
							return;
						}
						most.accumulateAndGet(holding.incrementAndGet(), Math::max);
						holding.decrementAndGet();
						quota.decided(1, 1);
						quota.completed(1);
					}
					done.countDown();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}));
		}
		senders.forEach(Thread::start);
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(most.get()).isLessThanOrEqualTo(2);
		assertThat(quota.unfinished()).isZero();
		assertThat(quota.bytes()).isZero();
	}

	@Test
	void waitsNoLongerThanAsked() throws Exception {
		OutboxCapacity quota = quota(1, 0);
		quota.tryTake(1);
		assertThat(quota.take(1, TimeUnit.MILLISECONDS.toNanos(20), () -> true)).isFalse();
		assertThat(quota.take(1, 0, () -> true)).isFalse();
		assertThat(quota.unfinished()).isOne();
	}

	@Test
	void waitingEndsWhenItMakesNoSenseAnyMore() throws Exception {
		OutboxCapacity quota = quota(1, 0);
		quota.tryTake(1);
		AtomicBoolean open = new AtomicBoolean(true);
		AtomicBoolean taken = new AtomicBoolean(true);
		Thread sender = new Thread(() -> {
			try {
				taken.set(quota.take(1, LONG, open::get));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		sender.start();
		await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
		open.set(false);
		quota.wakeSenders();
		sender.join(5000);
		assertThat(taken).isFalse();
	}

	@Test
	void anInterruptEndsTheWait() {
		OutboxCapacity quota = quota(1, 0);
		quota.tryTake(1);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> quota.take(1, LONG, () -> true));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	private static OutboxCapacity quota(int capacity, long maxBytes) {
		return new OutboxCapacity(new QueueSettings(capacity, maxBytes, Overflow.REJECT, Duration.ofSeconds(5),
				Duration.ZERO, StoreSettings.MEMORY));
	}

}
