package io.github.resilientws.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.execution.CallbackThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

class LanePoolTests {

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
	void theReserveRunsThoughAllThreadsAreBlocked() {
		for (int i = 0; i < 6; i++) {
			this.pool.execute(this::block);
		}
		await().untilAtomic(this.running, is(4));
		AtomicInteger ran = new AtomicInteger();
		assertThat(this.pool.isExhausted()).isTrue();
		this.pool.executeOnReserve(ran::incrementAndGet);
		await().untilAtomic(ran, is(1));
	}

	@Test
	void saysSoWhenTasksDoNotRunAfterTheEnd() {
		this.pool.close();
		assertThat(this.pool.execute(this::block)).isFalse();
		assertThat(this.pool.executeOnReserve(this::block)).isFalse();
	}

	private void block() {
		this.threads.add(Thread.currentThread());
		this.running.incrementAndGet();
		try {
			this.release.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
