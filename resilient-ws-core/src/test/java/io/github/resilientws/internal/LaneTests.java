package io.github.resilientws.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.SequentialExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

class LaneTests {

	private static final int SENDERS = 3;

	private static final int TASKS = 60_000;

	private final CallbackThreads pool = CallbackThreads.platform(2);

	@AfterEach
	void close() {
		this.pool.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void runsTasksOneAfterAnotherInOrderAndLosesNone(boolean urgent) throws Exception {
		SequentialExecutor lane = urgent ? SequentialExecutor.urgent("chat", this.pool)
				: SequentialExecutor.of("chat", this.pool);
		int[] last = new int[SENDERS];
		AtomicInteger wrong = new AtomicInteger();
		AtomicInteger running = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(SENDERS * TASKS);
		List<Thread> senders = new ArrayList<>();
		for (int sender = 0; sender < SENDERS; sender++) {
			int me = sender;
			senders.add(new Thread(() -> {
				for (int i = 1; i <= TASKS; i++) {
					int number = i;
					lane.execute(() -> {
						if (running.incrementAndGet() != 1 || last[me]++ != number - 1) {
							wrong.incrementAndGet();
						}
						running.decrementAndGet();
						done.countDown();
					});
					if (i % 64 == 0) {
						// let the lane run dry again and again
						Thread.yield();
					}
				}
			}));
		}
		senders.forEach(Thread::start);
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(wrong).hasValue(0);
	}

	@Test
	void wakesUpForEachSingleTask() throws Exception {
		SequentialExecutor lane = SequentialExecutor.of("chat", this.pool);
		for (int i = 0; i < 20_000; i++) {
			CountDownLatch ran = new CountDownLatch(1);
			lane.execute(ran::countDown);
			if (!ran.await(5, TimeUnit.SECONDS)) {
				throw new AssertionError("task " + i + " was forgotten");
			}
		}
	}

	@Test
	void goesOnAfterATaskThatThrows() {
		SequentialExecutor lane = SequentialExecutor.of("chat", this.pool);
		CompletableFuture<String> next = new CompletableFuture<>();
		lane.execute(() -> {
			throw new NoClassDefFoundError("broken");
		});
		lane.execute(() -> next.complete("ran"));
		assertThat(next.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("ran");
	}

	@Test
	void knowsItsOwnTasks() {
		SequentialExecutor lane = SequentialExecutor.of("chat", this.pool);
		SequentialExecutor other = SequentialExecutor.of("chat", this.pool);
		CompletableFuture<List<Boolean>> current = new CompletableFuture<>();
		lane.execute(() -> current.complete(List.of(lane.isCurrent(), other.isCurrent())));
		assertThat(current.orTimeout(5, TimeUnit.SECONDS).join()).containsExactly(true, false);
		assertThat(lane.isCurrent()).isFalse();
	}

	@Test
	void anEndlessLaneLeavesOthersTheirTurn() {
		CallbackThreads single = CallbackThreads.platform(1);
		SequentialExecutor endless = SequentialExecutor.of("chat", single);
		AtomicBoolean stop = new AtomicBoolean();
		Runnable[] again = new Runnable[1];
		again[0] = () -> {
			if (!stop.get()) {
				endless.execute(again[0]);
			}
		};
		endless.execute(again[0]);
		CompletableFuture<String> other = new CompletableFuture<>();
		SequentialExecutor.of("chat", single).execute(() -> other.complete("ran"));
		assertThat(other.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("ran");
		stop.set(true);
		single.close();
	}

	@Test
	void completionsRunThoughAllThreadsAreBlocked() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger blocked = new AtomicInteger();
		for (int i = 0; i < 5; i++) {
			SequentialExecutor.of("chat", this.pool).execute(() -> {
				blocked.incrementAndGet();
				awaitQuietly(release);
			});
		}
		await().untilAtomic(blocked, is(2));
		SequentialExecutor completions = SequentialExecutor.urgent("chat", this.pool);
		for (int i = 0; i < 100; i++) {
			CompletableFuture<String> completion = new CompletableFuture<>();
			completions.execute(() -> completion.complete("done"));
			assertThat(completion.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("done");
		}
		assertThat(blocked).hasValue(2);
		release.countDown();
		await().untilAtomic(blocked, is(5));
	}

	@Test
	void anUrgentTaskRunsAfterTheEndButNotOnTheThreadThatBringsIt() {
		SequentialExecutor lane = SequentialExecutor.urgent("chat", this.pool);
		this.pool.close();
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		lane.execute(() -> ran.complete(Thread.currentThread()));
		assertThat(ran.orTimeout(5, TimeUnit.SECONDS).join()).isNotSameAs(Thread.currentThread());
	}

	@Test
	void urgentTasksRunAtTheEndThoughAllThreadsAreBlocked() throws Exception {
		CountDownLatch blocked = new CountDownLatch(3);
		CountDownLatch release = new CountDownLatch(1);
		Runnable block = () -> {
			blocked.countDown();
			awaitStubbornly(release);
		};
		for (int i = 0; i < 4; i++) {
			SequentialExecutor.of("chat", this.pool).execute(block);
		}
		SequentialExecutor.urgent("chat", this.pool).execute(block);
		assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<String> completion = new CompletableFuture<>();
		SequentialExecutor.urgent("chat", this.pool).execute(() -> completion.complete("done"));
		this.pool.close();
		assertThat(completion.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("done");
		release.countDown();
	}

	private static void awaitStubbornly(CountDownLatch latch) {
		boolean open = false;
		while (!open) {
			try {
				open = latch.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				// goes on, as a user's callback may
			}
		}
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
