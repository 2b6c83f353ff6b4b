package io.github.resilientws.internal.execution;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

class CallbackThreadsTests {

	private final CallbackThreads pool = CallbackThreads.platform(4);

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	private final AtomicInteger running = new AtomicInteger();

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.pool.close();
	}

	@Test
	void usesAThreadAgainBeforeItMakesAnother() throws Exception {
		for (int i = 0; i < 50; i++) {
			CountDownLatch ran = new CountDownLatch(1);
			this.pool.execute(() -> {
				this.threads.add(Thread.currentThread());
				ran.countDown();
			});
			assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
			await().pollInterval(Duration.ofMillis(1))
				.until(() -> this.threads.stream()
					.allMatch((thread) -> thread.getState() == Thread.State.WAITING
							|| thread.getState() == Thread.State.TIMED_WAITING));
		}
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void growsToItsBoundThenLetsTasksWait() {
		for (int i = 0; i < 6; i++) {
			this.pool.execute(this::block);
		}
		await().untilAtomic(this.running, is(4));
		assertThat(this.threads).hasSize(4).allMatch(Thread::isDaemon);
		this.release.countDown();
		await().untilAtomic(this.running, is(6));
		assertThat(this.threads).hasSize(4);
	}

	@Test
	void tasksWithPriorityRunThoughAllThreadsAreBlocked() {
		for (int i = 0; i < 6; i++) {
			this.pool.execute(this::block);
		}
		await().untilAtomic(this.running, is(4));
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < 10; i++) {
			this.pool.executeWithPriority(ran::incrementAndGet);
			this.pool.executeForAttempt(ran::incrementAndGet);
		}
		await().untilAtomic(ran, is(20));
		assertThat(this.running).hasValue(4);
	}

	@Test
	void saysSoWhenTasksDoNotRunAfterTheEnd() {
		this.pool.close();
		assertThat(this.pool.execute(this::block)).isFalse();
		assertThat(this.pool.executeWithPriority(this::block)).isFalse();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.pool.executeForAttempt(this::block));
	}

	@Test
	void aThreadOfThePoolHelpsWhileTheReserveIsBlocked() {
		for (int i = 0; i < 4; i++) {
			this.pool.execute(this::block);
		}
		await().untilAtomic(this.running, is(4));
		CountDownLatch reserve = new CountDownLatch(1);
		AtomicInteger blocked = new AtomicInteger();
		this.pool.executeWithPriority(() -> {
			blocked.incrementAndGet();
			awaitQuietly(reserve);
		});
		await().untilAtomic(blocked, is(1));
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < 3; i++) {
			this.pool.executeWithPriority(ran::incrementAndGet);
		}
		assertThat(ran).hasValue(0);
		this.release.countDown();
		await().untilAtomic(ran, is(3));
		reserve.countDown();
	}

	@Test
	void tasksThatRepeatedlyFindNoThreadLeaveNothingBehind() {
		for (int i = 0; i < 4; i++) {
			this.pool.execute(this::block);
		}
		await().untilAtomic(this.running, is(4));
		AtomicInteger ran = new AtomicInteger();
		for (int i = 1; i <= 1000; i++) {
			this.pool.executeWithPriority(ran::incrementAndGet);
			await().pollInterval(Duration.ofNanos(1000)).untilAtomic(ran, is(i));
		}
		assertThat(this.pool.waiting()).as("entries in the queue of the blocked threads").isLessThanOrEqualTo(1);
	}

	private void block() {
		this.threads.add(Thread.currentThread());
		this.running.incrementAndGet();
		awaitQuietly(this.release);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
