package io.github.resilientws.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jctools.queues.atomic.MpscGrowableAtomicArrayQueue;
import org.junit.jupiter.api.Test;

import io.github.resilientws.QueueSettings;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.test.VirtualExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Senders after the transport was closed, while the executor still runs its last tasks.
 */
class AbandonmentTests {

	private static final int MESSAGES = 100_000;

	@Test
	void eachMessageFailsOnceWhoeverFindsIt() {
		VirtualExecutor executor = new VirtualExecutor();
		MpscGrowableAtomicArrayQueue<OutboxEntry> ingress = new MpscGrowableAtomicArrayQueue<>(64, 1 << 17);
		Quota quota = new Quota(QueueSettings.DEFAULTS);
		Completions completions = new Completions("chat", Runnable::run, Runnable::run, List.of(),
				new MessageIds(new Random(1)), executor::nanoTime);
		Set<String> ids = ConcurrentHashMap.newKeySet();
		Outbox outbox = new Outbox(executor, ingress, quota, QueueSettings.DEFAULTS.overflow(), ids, completions,
				new Statistics(executor::nanoTime, quota));
		Abandonment abandonment = new Abandonment(ingress, completions, quota);
		List<OutboxEntry> entries = new ArrayList<>();
		AtomicBoolean allSent = new AtomicBoolean();

		CompletableFuture<Void> lastTasks = CompletableFuture.runAsync(() -> {
			while (!allSent.get() || !ingress.isEmpty()) {
				outbox.failWaiting(Reason.CLOSED, "the client is CLOSED");
			}
		});
		for (int i = 0; i < MESSAGES; i++) {
			OutboxEntry entry = new OutboxEntry(true, new byte[] { 1 }, null, false, 0, OutboxEntry.NEVER);
			entries.add(entry);
			quota.takeAnyway(1);
			ingress.offer(entry);
			abandonment.failIngress();
		}
		allSent.set(true);
		lastTasks.orTimeout(60, TimeUnit.SECONDS).join();

		assertThat(entries).allMatch((entry) -> entry.future().isCompletedExceptionally());
		assertThat(quota.unfinished()).isZero();
		assertThat(quota.bytes()).isZero();
	}

}
