package io.github.resilientws.internal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.jctools.queues.atomic.MpscGrowableAtomicArrayQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.Abandonment;
import io.github.resilientws.internal.outbox.DeliveryCompleter;
import io.github.resilientws.internal.outbox.MessageOutcomes;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxCapacity;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.test.VirtualExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Senders after the transport was closed, while the executor still runs its last tasks.
 */
class AbandonmentTests {

	private static final int ROUNDS = 20;

	private static final int MESSAGES = 5_000;

	// two consumers at once may never come back
	@Test
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void eachMessageFailsOnceWhoeverFindsIt() {
		VirtualExecutor executor = new VirtualExecutor();
		MpscGrowableAtomicArrayQueue<OutboxEntry> ingress = new MpscGrowableAtomicArrayQueue<>(64, 1 << 17);
		OutboxCapacity quota = new OutboxCapacity(QueueSettings.DEFAULTS);
		Statistics statistics = new Statistics(executor::nanoTime, quota);
		ObserverNotifier notifier = new ObserverNotifier("chat", Runnable::run, List.of());
		DeliveryCompleter completions = new DeliveryCompleter("chat", Runnable::run, notifier, () -> "id", quota,
				executor::nanoTime);
		MessageOutcomes endings = new MessageOutcomes(new ConcurrentHashMap<>(), quota, completions, statistics,
				new DeadLetterQueue("chat", InstantSource.system(), notifier, statistics, null, Long.MAX_VALUE), null);
		Outbox outbox = new Outbox(executor, ingress, new ConcurrentHashMap<>(), QueueSettings.DEFAULTS.overflow(),
				Integer.MAX_VALUE, quota, endings, statistics);
		Abandonment abandonment = new Abandonment(ingress, endings);
		List<OutboxEntry> entries = new ArrayList<>();

		for (int round = 0; round < ROUNDS; round++) {
			for (int i = 0; i < MESSAGES; i++) {
				OutboxEntry entry = OutboxEntry.accepted(EncodedMessage.of(true, new byte[] { 1 }, null), null, false,
						0, OutboxEntry.NEVER);
				entries.add(entry);
				quota.takeAnyway(1);
				ingress.offer(entry);
			}
			CountDownLatch bothRun = new CountDownLatch(2);
			CompletableFuture<Void> lastTask = CompletableFuture.runAsync(() -> {
				meet(bothRun);
				outbox.endAll(Reason.CLOSED, "the client is CLOSED");
			});
			meet(bothRun);
			abandonment.failIngress();
			lastTask.join();
		}

		assertThat(entries).allMatch((entry) -> entry.future().isCompletedExceptionally());
		assertThat(quota.unfinished()).isZero();
		assertThat(quota.bytes()).isZero();
	}

	private static void meet(CountDownLatch latch) {
		latch.countDown();
		while (latch.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

}
