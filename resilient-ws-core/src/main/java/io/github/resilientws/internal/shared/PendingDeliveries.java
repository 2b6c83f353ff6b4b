package io.github.resilientws.internal.shared;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessageProgress;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The messages of this instance's senders that are not finished. Those that are not in
 * the outbox of this instance are looked up in the store. May be used by any thread.
 */
public final class PendingDeliveries {

	private static final long LOOK_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SharedStoreHandle store;

	private final SerialExecutor executor;

	private final Executor completer;

	private final Map<String, PendingDelivery> byId = new ConcurrentHashMap<>();

	private final AtomicBoolean lookUpScheduled = new AtomicBoolean();

	// why the futures of messages that remain stored fail; null while they are followed
	private volatile @Nullable String closed;

	/**
	 * Create an empty collection.
	 * @param store the store
	 * @param executor the client's executor
	 * @param completer completes futures
	 */
	public PendingDeliveries(SharedStoreHandle store, SerialExecutor executor, Executor completer) {
		this.store = store;
		this.executor = executor;
		this.completer = completer;
	}

	/**
	 * Add a message that is about to be stored.
	 * @param id its id
	 * @param future its future
	 * @return the message, or {@code null} if an unfinished message of this instance has
	 * the id
	 */
	public @Nullable PendingDelivery add(String id, CompletableFuture<Delivery> future) {
		PendingDelivery added = new PendingDelivery(id, future);
		if (this.byId.putIfAbsent(id, added) != null) {
			return null;
		}
		future.whenComplete((delivery, failure) -> this.byId.remove(id, added));
		return added;
	}

	/**
	 * Follow a message no longer.
	 * @param delivery the message
	 */
	public void remove(PendingDelivery delivery) {
		this.byId.remove(delivery.id(), delivery);
	}

	/**
	 * Find a message.
	 * @param id its id
	 * @return the message, or {@code null}
	 */
	public @Nullable PendingDelivery find(String id) {
		return this.byId.get(id);
	}

	/** Follow messages again, after they were failed. */
	public void open() {
		this.closed = null;
	}

	/**
	 * Fail the futures of all messages that remain stored, and of those that are stored
	 * from now on.
	 * @param detail explanation for a reader
	 */
	public void close(String detail) {
		this.closed = detail;
		this.byId.values().forEach((delivery) -> delivery.leave(detail));
	}

	/**
	 * Run a task that completes futures.
	 * @param task the task
	 */
	void complete(Runnable task) {
		this.completer.execute(task);
	}

	private void scheduleLookUp() {
		if (!this.lookUpScheduled.get() && this.lookUpScheduled.compareAndSet(false, true)) {
			try {
				this.executor.execute(() -> this.executor.schedule(this::lookUp, LOOK_UP_NANOS));
			}
			catch (RejectedExecutionException ex) {
				// the transport is closed, and the client with it
			}
		}
	}

	private void lookUp() {
		this.lookUpScheduled.set(false);
		List<PendingDelivery> elsewhere = this.byId.values().stream().filter(PendingDelivery::isElsewhere).toList();
		SharedOutboxStore current = this.store.storeOrNull();
		if (elsewhere.isEmpty() || current == null) {
			return;
		}
		current.find(elsewhere.stream().map(PendingDelivery::id).toList()).whenComplete((progress, failure) -> {
			if (progress != null) {
				complete(() -> elsewhere.forEach((delivery) -> delivery.update(progress)));
			}
			scheduleLookUp();
		});
	}

	private enum Place {

		/** It is not known whether it is stored. */
		UNKNOWN,

		/** In the store; the owner of the line has it. */
		STORED,

		/** In the outbox of this instance. */
		OUTBOX

	}

	/**
	 * A message that is not finished.
	 */
	public final class PendingDelivery {

		private final String id;

		private final CompletableFuture<Delivery> future;

		private final long acceptedNanos = PendingDeliveries.this.executor.nanoTime();

		private final AtomicReference<Place> place = new AtomicReference<>(Place.UNKNOWN);

		PendingDelivery(String id, CompletableFuture<Delivery> future) {
			this.id = id;
			this.future = future;
		}

		String id() {
			return this.id;
		}

		public CompletableFuture<Delivery> future() {
			return this.future;
		}

		/** The message is stored. */
		public void stored() {
			if (this.place.compareAndSet(Place.UNKNOWN, Place.STORED)) {
				follow();
			}
		}

		/** The message enters the outbox of this instance. */
		public void enter() {
			this.place.set(Place.OUTBOX);
		}

		/** The message has left the outbox of this instance, but not the store. */
		public void remains() {
			this.place.set(Place.STORED);
			follow();
		}

		private void follow() {
			String detail = PendingDeliveries.this.closed;
			if (detail != null) {
				leave(detail);
			}
			else {
				scheduleLookUp();
			}
		}

		private boolean isElsewhere() {
			return this.place.get() == Place.STORED;
		}

		private void leave(String detail) {
			if (this.place.get() == Place.STORED) {
				complete(() -> this.future
					.completeExceptionally(WebSocketDeliveryException.stored(this.id, 0, Reason.CLOSED, detail)));
			}
		}

		private void update(MessageProgress progress) {
			if (!isElsewhere() || progress.unfinished().contains(this.id)) {
				return;
			}
			MessageFailure failure = progress.failed().get(this.id);
			if (failure != null) {
				this.future.completeExceptionally(new WebSocketDeliveryException(this.id, failure.attempts(),
						failure.reason(), failure.detail()));
			}
			else {
				Duration elapsed = Duration.ofNanos(PendingDeliveries.this.executor.nanoTime() - this.acceptedNanos);
				this.future.complete(new Delivery(this.id, 0, elapsed));
			}
		}

	}

}
