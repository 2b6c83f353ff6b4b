package io.github.resilientws.internal.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.MessageIdGenerator;

/**
 * What leaves the client for user code: deliveries on one lane, events on another, so
 * that an event listener may wait for the delivery of a message.
 */
public final class DeliveryCompleter {

	private static final Log logger = LogFactory.getLog(DeliveryCompleter.class);

	// a flood of refused sends must not fill the memory while a listener blocks the lane
	private static final int MAX_PENDING_DROPS = 10_000;

	private final String client;

	private final Executor events;

	private final Executor deliveries;

	private final List<ClientObserver> observers;

	private final MessageIdGenerator ids;

	private final LongSupplier nanoTime;

	private final AtomicInteger pendingDrops = new AtomicInteger();

	public DeliveryCompleter(String client, Executor events, Executor deliveries, List<ClientObserver> observers,
			MessageIdGenerator ids, LongSupplier nanoTime) {
		this.client = client;
		this.events = events;
		this.deliveries = deliveries;
		this.observers = List.copyOf(observers);
		this.ids = ids;
		this.nanoTime = nanoTime;
	}

	public MessageIdGenerator ids() {
		return this.ids;
	}

	public void tell(Consumer<ClientObserver> message) {
		this.events.execute(() -> notifyObservers(message));
	}

	/**
	 * Tell of a message that was rejected, dropped or expired.
	 * @param id id of the message
	 * @param reason why
	 */
	public void tellDropped(String id, Reason reason) {
		if (this.pendingDrops.incrementAndGet() > MAX_PENDING_DROPS) {
			this.pendingDrops.decrementAndGet();
			return;
		}
		this.events.execute(() -> {
			this.pendingDrops.decrementAndGet();
			notifyObservers((observer) -> observer.messageDropped(this.client, id, reason));
		});
	}

	/**
	 * Complete messages that were delivered.
	 * @param entries the messages
	 * @param quota told when the futures are complete
	 */
	public void delivered(List<OutboxEntry> entries, OutboxCapacity quota) {
		this.deliveries.execute(() -> {
			long now = this.nanoTime.getAsLong();
			try {
				for (OutboxEntry entry : entries) {
					entry.delivered(this.ids, now);
					ended(entry, true, now);
				}
			}
			finally {
				quota.completed(entries.size());
			}
		});
	}

	/**
	 * Fail a message.
	 * @param entry the message
	 * @param reason why
	 * @param detail explanation for a reader
	 * @param kept whether a store keeps it
	 * @param quota told when the future is complete
	 */
	public void failed(OutboxEntry entry, Reason reason, String detail, boolean kept, OutboxCapacity quota) {
		String id = entry.id(this.ids);
		if (reason == Reason.REJECTED || reason == Reason.DROPPED || reason == Reason.EXPIRED) {
			tellDropped(id, reason);
		}
		this.deliveries.execute(() -> {
			entry.failed(id, reason, detail, kept);
			ended(entry, false, this.nanoTime.getAsLong());
			quota.completed(1);
		});
	}

	/**
	 * Complete the future of an operation after all earlier deliveries and events.
	 * @param <T> type of the result
	 * @param future the future
	 * @param value the result
	 */
	public <T> void complete(CompletableFuture<T> future, @Nullable T value) {
		inTurn(() -> future.complete(value));
	}

	/**
	 * Complete a future that no event belongs to.
	 * @param <T> type of the result
	 * @param future the future
	 * @param value the result
	 */
	public <T> void answer(CompletableFuture<T> future, T value) {
		this.deliveries.execute(() -> future.complete(value));
	}

	public void answerFailed(CompletableFuture<?> future, Throwable failure) {
		this.deliveries.execute(() -> future.completeExceptionally(failure));
	}

	public void fail(CompletableFuture<?> future, Throwable failure) {
		inTurn(() -> future.completeExceptionally(failure));
	}

	private void inTurn(Runnable task) {
		this.deliveries.execute(() -> this.events.execute(task));
	}

	private void ended(OutboxEntry entry, boolean success, long now) {
		Duration elapsed = Duration.ofNanos(now - entry.acceptedNanos());
		notifyObservers((observer) -> observer.deliveryEnded(this.client, success, elapsed));
	}

	private void notifyObservers(Consumer<ClientObserver> message) {
		for (ClientObserver observer : this.observers) {
			try {
				message.accept(observer);
			}
			catch (Throwable ex) {
				logger.warn("[" + this.client + "] observer " + observer.getClass().getName() + " failed: "
						+ ex.getClass().getName());
			}
		}
	}

}
