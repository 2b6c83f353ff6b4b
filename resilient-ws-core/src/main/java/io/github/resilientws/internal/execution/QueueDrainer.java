package io.github.resilientws.internal.execution;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Drains a queue on callback threads, one thread at a time, for as long as the queue has
 * work.
 */
public abstract class QueueDrainer {

	// then the queues of other clients run, if one of them waits
	private static final int TURN = 256;

	// then they run in any case: the pool may not know of all waiting queues
	private static final int MAX_IN_A_ROW = 256 * TURN;

	private static final AtomicIntegerFieldUpdater<QueueDrainer> DRAINING = AtomicIntegerFieldUpdater
		.newUpdater(QueueDrainer.class, "draining");

	private final CallbackThreads threads;

	private final boolean priority;

	private final Consumer<Throwable> onFailure;

	// 1 while a thread drains the queue or is requested
	private volatile int draining;

	// written by the thread that drains; other threads only read it
	private volatile @Nullable Thread thread;

	/**
	 * Create a drainer.
	 * @param threads the callback threads
	 * @param priority whether work must not wait for blocked listeners, because they may
	 * wait for it
	 * @param onFailure receives failures of the queue
	 */
	protected QueueDrainer(CallbackThreads threads, boolean priority, Consumer<Throwable> onFailure) {
		this.threads = threads;
		this.priority = priority;
		this.onFailure = onFailure;
	}

	/**
	 * Make sure that a thread drains the queue. A full memory fence must separate the
	 * caller's write to the queue from this call; an atomic update of the queue is one.
	 */
	public void wakeUp() {
		if (this.draining == 0 && DRAINING.compareAndSet(this, 0, 1)) {
			start();
		}
	}

	/**
	 * Return whether the caller is draining the queue.
	 * @return whether this is the thread that drains
	 */
	public boolean isCurrent() {
		return this.thread == Thread.currentThread();
	}

	/**
	 * Return the thread that drains the queue.
	 * @return the thread, or {@code null} if none does at the moment
	 */
	public @Nullable Thread getThread() {
		return this.thread;
	}

	private void start() {
		if (!this.priority) {
			this.threads.execute(this::drain);
		}
		else if (!this.threads.executeWithPriority(this::drain)) {
			// the application has ended; futures must be completed nevertheless
			CallbackThreads.runLast(this::drain);
		}
	}

	private void drain() {
		this.thread = Thread.currentThread();
		this.threads.enterCallbacks();
		try {
			boolean more = true;
			for (int i = 1; more && i < MAX_IN_A_ROW; i++) {
				more = runNext() && (i % TURN != 0 || !this.threads.isExhausted());
			}
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
		this.threads.leaveCallbacks();
		this.thread = null;
		// a full fence: either this thread sees the added task, or the caller of wakeUp()
		// sees that the drain has ended
		this.draining = 0;
		if (!isEmpty()) {
			wakeUp();
		}
	}

	private boolean runNext() {
		try {
			return processNext();
		}
		finally {
			this.threads.onReturn();
		}
	}

	/**
	 * Take the first item of the queue and process it. Called by the thread that drains.
	 * @return {@code false} if the queue was empty
	 */
	protected abstract boolean processNext();

	/**
	 * Return whether the queue is empty. Called by the thread that drains, or has just
	 * drained.
	 * @return whether it is
	 */
	protected abstract boolean isEmpty();

}
