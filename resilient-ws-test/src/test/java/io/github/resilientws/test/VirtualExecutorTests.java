package io.github.resilientws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.resilientws.transport.SerialExecutor.Timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class VirtualExecutorTests {

	private final VirtualExecutor executor = new VirtualExecutor();

	private final List<String> ran = new ArrayList<>();

	@Test
	void runsATaskAtOnceAndOneFromWithinAfterIt() {
		this.executor.execute(() -> {
			assertThat(this.executor.inExecutor()).isTrue();
			this.executor.execute(() -> this.ran.add("inner"));
			this.ran.add("outer");
		});
		assertThat(this.ran).containsExactly("outer", "inner");
		assertThat(this.executor.inExecutor()).isFalse();
	}

	@Test
	void runsDueTimersInOrderAtTheirTime() {
		this.executor.schedule(() -> record("late"), 30);
		this.executor.schedule(() -> record("first"), 10);
		this.executor.schedule(() -> record("second"), 10);
		this.executor.schedule(() -> this.executor.schedule(() -> record("nested"), 5), 12);
		Timer cancelled = this.executor.schedule(() -> record("cancelled"), 11);
		cancelled.cancel();
		cancelled.cancel();
		assertThat(this.executor.pendingTimers()).isEqualTo(4);
		this.executor.advance(Duration.ofNanos(20));
		assertThat(this.ran).containsExactly("first@10", "second@10", "nested@17");
		assertThat(this.executor.nanoTime()).isEqualTo(20);
		assertThat(this.executor.untilNextTimer()).isEqualTo(Duration.ofNanos(10));
		this.executor.advance(Duration.ofNanos(10));
		assertThat(this.ran).contains("late@30");
	}

	@Test
	void runsATimerWithoutDelayOnlyWhenTimeMoves() {
		this.executor.schedule(() -> record("now"), 0);
		assertThat(this.ran).isEmpty();
		this.executor.advance(Duration.ZERO);
		assertThat(this.ran).containsExactly("now@0");
	}

	@Test
	void aTaskCannotMoveTime() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.executor.execute(() -> this.executor.advance(Duration.ofNanos(1))));
	}

	@Test
	void aFailureLeavesTheOthersRunning() {
		assertThatIllegalStateException().isThrownBy(() -> this.executor.execute(() -> {
			this.executor.execute(() -> this.ran.add("after"));
			throw new IllegalStateException("broken");
		})).withMessage("broken");
		assertThat(this.ran).containsExactly("after");
	}

	@Test
	void threadsRunOneTaskAtATime() throws InterruptedException {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();
		CountDownLatch end = new CountDownLatch(4);
		for (int i = 0; i < 4; i++) {
			new Thread(() -> {
				for (int j = 0; j < 1000; j++) {
					this.executor.execute(() -> {
						overlaps.addAndGet((running.incrementAndGet() > 1) ? 1 : 0);
						running.decrementAndGet();
						done.incrementAndGet();
					});
				}
				end.countDown();
			}).start();
		}
		end.await();
		this.executor.advance(Duration.ZERO);
		assertThat(done).hasValue(4000);
		assertThat(overlaps).hasValue(0);
	}

	private void record(String what) {
		this.ran.add(what + "@" + this.executor.nanoTime());
	}

	@Test
	void timersRunLateAfterAPause() {
		VirtualExecutor executor = new VirtualExecutor();
		List<Long> ran = new ArrayList<>();
		executor.schedule(() -> {
			ran.add(executor.nanoTime());
			executor.schedule(() -> ran.add(executor.nanoTime()), 2);
		}, 3);
		executor.schedule(() -> ran.add(executor.nanoTime()), 12);
		executor.pause(Duration.ofNanos(10));
		assertThat(ran).containsExactly(10L);
		executor.advance(Duration.ofNanos(2));
		assertThat(ran).containsExactly(10L, 12L, 12L);
	}

}
