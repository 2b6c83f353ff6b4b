package io.github.resilientws.internal.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.test.VirtualExecutor;
import io.github.resilientws.transport.SerialExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Senders after the transport was closed, while the executor still runs its last tasks.
 */
class IngressQueueTests {

	private static final int ROUNDS = 20;

	private static final int MESSAGES = 5_000;

	private final VirtualExecutor time = new VirtualExecutor();

	// two consumers at once may never come back
	@Test
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void eachMessageFailsOnceWhicheverThreadFindsIt() {
		ClosableExecutor executor = new ClosableExecutor(this.time);
		AdmissionParts parts = new AdmissionParts(QueueSettings.DEFAULTS, executor, Runnable::run);
		List<OutboxEntry> entries = new ArrayList<>();

		for (int round = 0; round < ROUNDS; round++) {
			executor.closed = false;
			parts.ingress.setConsumer(() -> {
			});
			for (int i = 0; i < MESSAGES; i++) {
				OutboxEntry entry = OutboxEntry.accepted(AdmissionParts.encoded("x"), false, 0, OutboxEntry.NEVER);
				entries.add(entry);
				parts.capacity.reserveOverLimit(1);
				assertThat(parts.ingress.offer(entry)).isTrue();
			}
			executor.closed = true;
			CountDownLatch bothRun = new CountDownLatch(2);
			CompletableFuture<Void> lastTask = CompletableFuture.runAsync(() -> {
				meet(bothRun);
				parts.outbox.endAll(Reason.CLOSED, "the client is CLOSED");
			});
			meet(bothRun);
			parts.ingress.wakeUp();
			lastTask.join();
		}

		assertThat(entries).hasSize(ROUNDS * MESSAGES).allMatch((entry) -> entry.future().isCompletedExceptionally());
		assertThat(parts.capacity.unfinished()).isZero();
		assertThat(parts.capacity.bytes()).isZero();
	}

	private static void meet(CountDownLatch latch) {
		latch.countDown();
		while (latch.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

	/**
	 * An executor that may be closed.
	 */
	private static final class ClosableExecutor implements SerialExecutor {

		private final SerialExecutor executor;

		private volatile boolean closed;

		private ClosableExecutor(SerialExecutor executor) {
			this.executor = executor;
		}

		@Override
		public void execute(Runnable task) {
			if (this.closed) {
				throw new RejectedExecutionException("closed");
			}
			this.executor.execute(task);
		}

		@Override
		public boolean inExecutor() {
			return this.executor.inExecutor();
		}

		@Override
		public long nanoTime() {
			return this.executor.nanoTime();
		}

		@Override
		public Timer schedule(Runnable task, long delayNanos) {
			return this.executor.schedule(task, delayNanos);
		}

	}

}
