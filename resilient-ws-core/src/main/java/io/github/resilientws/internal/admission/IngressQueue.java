package io.github.resilientws.internal.admission;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscGrowableAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Hands accepted messages from their senders to the client's executor and wakes it up,
 * with one task for many messages. Fails the messages when the transport is closed and
 * the executor runs no more tasks.
 */
public final class IngressQueue {

	private static final int INITIAL_SIZE = 64;

	private static final int MIN_PLACES = 1024;

	private static final Runnable NO_CONSUMER = () -> {
		throw new IllegalStateException("the ingress queue has no consumer");
	};

	private final SerialExecutor executor;

	// created by the first sender
	private volatile @Nullable MessagePassingQueue<OutboxEntry> queue;

	private final int capacity;

	private final DroppableMessages droppable;

	private final MessageOutcomes outcomes;

	private final Runnable wakeUpTask = this::consume;

	// shared by senders and the executor
	private final AtomicBoolean wakeUpPending = new AtomicBoolean();

	// guarded by this, like the consumer side of the queue: messages that precede those
	// in the queue
	private @Nullable Queue<OutboxEntry> front;

	// written before the first message
	private Runnable consumer = NO_CONSUMER;

	/**
	 * Create a queue.
	 * @param executor the client's executor
	 * @param capacity largest number of unfinished messages; the queue has places for all
	 * of them, and as many for messages that senders have dropped
	 * @param droppable messages that senders may drop
	 * @param outcomes receives messages that the executor no longer takes
	 */
	public IngressQueue(SerialExecutor executor, int capacity, DroppableMessages droppable, MessageOutcomes outcomes) {
		this.executor = executor;
		this.capacity = (int) Math.min(1 << 30, Math.max(MIN_PLACES, 2L * capacity));
		this.droppable = droppable;
		this.outcomes = outcomes;
	}

	/**
	 * Set the task that takes the messages. Called once, before the first message.
	 * @param consumer the task, which runs on the executor
	 */
	public void setConsumer(Runnable consumer) {
		this.consumer = consumer;
	}

	/**
	 * Hand over a message. May be called by any thread; never waits for the executor.
	 * @param entry the message
	 * @return {@code false} if the queue is full, although all messages have room in the
	 * outbox
	 */
	boolean offer(OutboxEntry entry) {
		MessagePassingQueue<OutboxEntry> current = this.queue;
		if (current == null) {
			current = createQueue();
		}
		boolean offered = current.offer(entry);
		if (!offered) {
			removeDropped();
			offered = current.offer(entry);
		}
		if (offered) {
			wakeUp();
		}
		return offered;
	}

	private synchronized MessagePassingQueue<OutboxEntry> createQueue() {
		MessagePassingQueue<OutboxEntry> current = this.queue;
		if (current == null) {
			current = new MpscGrowableAtomicArrayQueue<>(INITIAL_SIZE, this.capacity);
			this.queue = current;
		}
		return current;
	}

	// at least half of the queue is free afterwards, so the amortized cost per dropped
	// message is constant
	private synchronized void removeDropped() {
		Queue<OutboxEntry> left = new ArrayDeque<>();
		for (OutboxEntry entry = poll(); entry != null; entry = poll()) {
			if (entry instanceof DroppableEntry finished && finished.isDropped()) {
				this.droppable.forget(finished);
			}
			else {
				left.add(entry);
			}
		}
		this.front = left.isEmpty() ? null : left;
		this.droppable.removeForgotten();
	}

	/**
	 * Hand over messages of an earlier run, regardless of the capacity of the queue.
	 * @param entries the messages, in order
	 */
	void addRecovered(List<OutboxEntry> entries) {
		synchronized (this) {
			Queue<OutboxEntry> all = new ArrayDeque<>();
			for (OutboxEntry entry = poll(); entry != null; entry = poll()) {
				all.add(entry);
			}
			all.addAll(entries);
			this.front = all;
		}
		wakeUp();
	}

	/** Wake up the executor, so that it takes messages. May be called by any thread. */
	public void wakeUp() {
		if (this.wakeUpPending.get() || !this.wakeUpPending.compareAndSet(false, true)) {
			return;
		}
		try {
			this.executor.execute(this.wakeUpTask);
		}
		catch (RejectedExecutionException ex) {
			this.wakeUpPending.set(false);
			failAll();
		}
	}

	private void consume() {
		this.wakeUpPending.set(false);
		this.consumer.run();
	}

	/**
	 * Take messages.
	 * @param most largest number of messages
	 * @return the messages, linked by {@link OutboxEntry#next()}, or {@code null}
	 */
	public synchronized @Nullable OutboxEntry take(int most) {
		// contended only by senders that found the executor closed
		OutboxEntry first = poll();
		OutboxEntry last = first;
		for (int i = 1; last != null && i < most; i++) {
			OutboxEntry entry = poll();
			last.linkNext(entry);
			last = entry;
		}
		return first;
	}

	private @Nullable OutboxEntry poll() {
		if (this.front != null) {
			OutboxEntry entry = this.front.poll();
			if (entry != null) {
				return entry;
			}
			this.front = null;
		}
		MessagePassingQueue<OutboxEntry> current = this.queue;
		return (current != null) ? current.relaxedPoll() : null;
	}

	/**
	 * Return whether the queue is empty. A message whose offer is not finished counts as
	 * present, even while {@link #take} does not return its message: its sender may have
	 * relied on a wake-up that has ended since.
	 * @return whether the queue holds no message
	 */
	public synchronized boolean isEmpty() {
		MessagePassingQueue<OutboxEntry> current = this.queue;
		return this.front == null && (current == null || current.isEmpty());
	}

	private void failAll() {
		for (OutboxEntry entry = take(1); entry != null; entry = take(1)) {
			if (this.droppable.claim(entry)) {
				this.outcomes.failed(entry, Reason.CLOSED, "the transport is closed");
			}
		}
	}

}
