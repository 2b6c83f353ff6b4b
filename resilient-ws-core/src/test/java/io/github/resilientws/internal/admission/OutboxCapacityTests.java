package io.github.resilientws.internal.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Room of the outbox.
 */
class OutboxCapacityTests {

	private static final long LONG = TimeUnit.SECONDS.toNanos(10);

	@Test
	void givesRoomExactlyToItsBounds() {
		OutboxCapacity capacity = capacity(3, 10);
		assertThat(capacity.tryReserve(4)).isTrue();
		assertThat(capacity.tryReserve(7)).isFalse();
		assertThat(capacity.tryReserve(6)).isTrue();
		assertThat(capacity.tryReserve(1)).isFalse();
		assertThat(capacity.tryReserve(0)).isTrue();
		assertThat(capacity.tryReserve(0)).isFalse();
		assertThat(capacity.unfinished()).isEqualTo(3);
		assertThat(capacity.bytes()).isEqualTo(10);
		assertThat(capacity.canEverFit(10)).isTrue();
		assertThat(capacity.canEverFit(11)).isFalse();
		assertThat(capacity(1, 0).canEverFit(Integer.MAX_VALUE)).isTrue();
	}

	@Test
	void roomIsBackWhenAMessageIsDecidedAndItCountsUntilItIsCompleted() {
		OutboxCapacity capacity = capacity(1, 10);
		capacity.tryReserve(5);
		capacity.release(1, 5);
		assertThat(capacity.unfinished()).isOne();
		assertThat(capacity.bytes()).isZero();
		assertThat(capacity.tryReserve(10)).isTrue();
		capacity.completed(1);
		assertThat(capacity.unfinished()).isOne();
	}

	@Test
	void completionsThatLagBehindHoldSendersBack() {
		OutboxCapacity capacity = capacity(2, 0);
		for (int i = 0; i < 3; i++) {
			assertThat(capacity.tryReserve(1)).isTrue();
			capacity.release(1, 1);
		}
		assertThat(capacity.tryReserve(1)).isFalse();
		assertThat(capacity.isBacklogged()).isTrue();
		capacity.completed(1);
		assertThat(capacity.tryReserve(1)).isTrue();
	}

	@Test
	void roomOfFinishedMessagesGoesToANewOneInOneStep() {
		OutboxCapacity capacity = capacity(3, 10);
		capacity.tryReserve(4);
		capacity.tryReserve(5);
		assertThat(capacity.tryExchange(0, 0, 2)).isFalse();
		assertThat(capacity.tryExchange(1, 4, 6)).isFalse();
		assertThat(capacity.unfinished()).isEqualTo(2);
		assertThat(capacity.bytes()).isEqualTo(9);
		assertThat(capacity.tryExchange(1, 4, 5)).isTrue();
		assertThat(capacity.bytes()).isEqualTo(10);
		assertThat(capacity.unfinished()).isEqualTo(3);
		assertThat(capacity.tryExchange(2, 10, 8)).isTrue();
		capacity.dropCompleted();
		capacity.dropCompleted();
		capacity.dropCompleted();
		assertThat(capacity.bytes()).isEqualTo(8);
		assertThat(capacity.unfinished()).isOne();
	}

	@Test
	void messagesOfAnEarlierRunExceedTheBoundsAndHoldOthersBack() {
		OutboxCapacity capacity = capacity(1, 10);
		capacity.reserveOverLimit(6);
		capacity.reserveOverLimit(6);
		assertThat(capacity.unfinished()).isEqualTo(2);
		assertThat(capacity.bytes()).isEqualTo(12);
		assertThat(capacity.tryReserve(0)).isFalse();
		assertThat(capacity.tryExchange(1, 0, 0)).isFalse();
		capacity.release(2, 12);
		capacity.completed(2);
		assertThat(capacity.tryReserve(10)).isTrue();
	}

	@Test
	void neverGivesMoreThanItHasAndForgetsNoSender() throws Exception {
		OutboxCapacity capacity = capacity(2, 0);
		AtomicInteger holding = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(4);
		List<Thread> senders = new ArrayList<>();
		for (int sender = 0; sender < 4; sender++) {
			senders.add(new Thread(() -> {
				try {
					for (int i = 0; i < 5000; i++) {
						if (!capacity.reserve(1, LONG, () -> true)) {
							return;
						}
						most.accumulateAndGet(holding.incrementAndGet(), Math::max);
						holding.decrementAndGet();
						capacity.release(1, 1);
						capacity.completed(1);
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
		assertThat(capacity.unfinished()).isZero();
		assertThat(capacity.bytes()).isZero();
	}

	@Test
	void waitsNoLongerThanAsked() throws Exception {
		OutboxCapacity capacity = capacity(1, 0);
		capacity.tryReserve(1);
		assertThat(capacity.reserve(1, TimeUnit.MILLISECONDS.toNanos(20), () -> true)).isFalse();
		assertThat(capacity.reserve(1, 0, () -> true)).isFalse();
		assertThat(capacity.unfinished()).isOne();
	}

	@Test
	void waitingEndsWhenItMakesNoSenseAnyMore() throws Exception {
		OutboxCapacity capacity = capacity(1, 0);
		capacity.tryReserve(1);
		AtomicBoolean open = new AtomicBoolean(true);
		AtomicBoolean taken = new AtomicBoolean(true);
		Thread sender = new Thread(() -> {
			try {
				taken.set(capacity.reserve(1, LONG, open::get));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		sender.start();
		await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
		open.set(false);
		capacity.wakeSenders();
		sender.join(5000);
		assertThat(taken).isFalse();
	}

	@Test
	void anInterruptEndsTheWait() {
		OutboxCapacity capacity = capacity(1, 0);
		capacity.tryReserve(1);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> capacity.reserve(1, LONG, () -> true));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	private static OutboxCapacity capacity(int capacity, long maxBytes) {
		return new OutboxCapacity(new QueueSettings(capacity, maxBytes, Overflow.REJECT, Duration.ofSeconds(5),
				Duration.ZERO, StoreSettings.MEMORY));
	}

}
