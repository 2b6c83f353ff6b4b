package io.github.resilientws.internal.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

class SequentialExecutorTests {

	private static final int SENDERS = 3;

	private static final int TASKS = 60_000;

	private final CallbackThreads pool = CallbackThreads.platform(2);

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.pool.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void runsTasksOneAfterAnotherInOrderAndLosesNone(boolean priority) throws Exception {
		SequentialExecutor executor = priority ? SequentialExecutor.priority(this.pool, this.failures::add)
				: SequentialExecutor.of(this.pool, this.failures::add);
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
					executor.execute(() -> {
						if (running.incrementAndGet() != 1 || last[me]++ != number - 1) {
							wrong.incrementAndGet();
						}
						running.decrementAndGet();
						done.countDown();
					});
					if (i % 64 == 0) {
						// let the executor run dry again and again
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
		SequentialExecutor executor = SequentialExecutor.of(this.pool, this.failures::add);
		for (int i = 0; i < 20_000; i++) {
			CountDownLatch ran = new CountDownLatch(1);
			executor.execute(ran::countDown);
			if (!ran.await(5, TimeUnit.SECONDS)) {
				throw new AssertionError("task " + i + " was forgotten");
			}
		}
	}

	@Test
	void goesOnAfterATaskThatThrows() {
		SequentialExecutor executor = SequentialExecutor.of(this.pool, this.failures::add);
		CompletableFuture<String> next = new CompletableFuture<>();
		executor.execute(() -> {
			throw new NoClassDefFoundError("broken");
		});
		executor.execute(() -> next.complete("ran"));
		assertThat(next.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("ran");
		assertThat(this.failures).singleElement().isInstanceOf(NoClassDefFoundError.class);
	}

	@Test
	void knowsItsOwnTasks() {
		SequentialExecutor executor = SequentialExecutor.of(this.pool, this.failures::add);
		SequentialExecutor other = SequentialExecutor.of(this.pool, this.failures::add);
		CompletableFuture<List<Boolean>> current = new CompletableFuture<>();
		executor.execute(() -> current.complete(List.of(executor.isCurrent(), other.isCurrent())));
		assertThat(current.orTimeout(5, TimeUnit.SECONDS).join()).containsExactly(true, false);
		assertThat(executor.isCurrent()).isFalse();
	}

	@Test
	void anEndlessExecutorLeavesOthersTheirTurn() {
		CallbackThreads single = CallbackThreads.platform(1);
		SequentialExecutor endless = SequentialExecutor.of(single, this.failures::add);
		AtomicBoolean stop = new AtomicBoolean();
		Runnable[] again = new Runnable[1];
		again[0] = () -> {
			if (!stop.get()) {
				endless.execute(again[0]);
			}
		};
		endless.execute(again[0]);
		CompletableFuture<String> other = new CompletableFuture<>();
		SequentialExecutor.of(single, this.failures::add).execute(() -> other.complete("ran"));
		assertThat(other.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("ran");
		stop.set(true);
		single.close();
	}

	@Test
	void completionsRunThoughAllThreadsAreBlocked() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger blocked = new AtomicInteger();
		for (int i = 0; i < 5; i++) {
			SequentialExecutor.of(this.pool, this.failures::add).execute(() -> {
				blocked.incrementAndGet();
				awaitQuietly(release);
			});
		}
		await().untilAtomic(blocked, is(2));
		SequentialExecutor completions = SequentialExecutor.priority(this.pool, this.failures::add);
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
	void aPriorityTaskRunsAfterTheEndButNotOnTheThreadThatBringsIt() {
		SequentialExecutor executor = SequentialExecutor.priority(this.pool, this.failures::add);
		this.pool.close();
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		executor.execute(() -> ran.complete(Thread.currentThread()));
		assertThat(ran.orTimeout(5, TimeUnit.SECONDS).join()).isNotSameAs(Thread.currentThread());
	}

	@Test
	void priorityTasksRunAtTheEndThoughAllThreadsAreBlocked() throws Exception {
		CountDownLatch blocked = new CountDownLatch(3);
		CountDownLatch release = new CountDownLatch(1);
		Runnable block = () -> {
			blocked.countDown();
			awaitStubbornly(release);
		};
		for (int i = 0; i < 4; i++) {
			SequentialExecutor.of(this.pool, this.failures::add).execute(block);
		}
		SequentialExecutor.priority(this.pool, this.failures::add).execute(block);
		assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<String> completion = new CompletableFuture<>();
		SequentialExecutor.priority(this.pool, this.failures::add).execute(() -> completion.complete("done"));
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
