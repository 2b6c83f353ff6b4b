package io.github.resilientws.internal.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Drains a queue on callback threads, one thread at a time, for as long as the queue has
 * work.
 */
public final class QueueDrainer {

	// afterwards the queues of other clients have their turn
	private static final int MAX_IN_A_ROW = 256;

	private final Source source;

	private final CallbackThreads threads;

	private final boolean priority;

	private final Consumer<Throwable> onFailure;

	private final Runnable drain = this::drain;

	private final Runnable announced = this::wakeUpAsAnnounced;

	// shared by those who add work and the thread that drains
	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	// written by the thread that drains; other threads only compare it with themselves
	private volatile @Nullable Thread thread;

	/**
	 * Create a drainer.
	 * @param source the queue
	 * @param threads the callback threads
	 * @param priority whether work must not wait for blocked listeners, because they may
	 * wait for it
	 * @param onFailure receives failures of the queue
	 */
	public QueueDrainer(Source source, CallbackThreads threads, boolean priority, Consumer<Throwable> onFailure) {
		this.source = source;
		this.threads = threads;
		this.priority = priority;
		this.onFailure = onFailure;
	}

	/**
	 * Make sure that a thread drains the queue. The caller's write to the queue must have
	 * been a full memory fence, as those of the JDK's concurrent queues are.
	 */
	public void wakeUp() {
		if (!this.state.get().isDraining() && !this.state.getAndUpdate(State::draining).isDraining()) {
			start();
		}
	}

	/**
	 * Make sure that a thread drains the queue once the tasks are done that the producer
	 * is running: one wake-up for all that it adds until then. Called by one producer, on
	 * its executor; its writes to the queue may be ordered stores.
	 * @param producer executor of the producer
	 */
	public void wakeUpSoon(Executor producer) {
		// only the producer enters and leaves these states, so it needs no fence to know
		if (this.state.get().isAnnounced()) {
			return;
		}
		this.state.getAndUpdate(State::announced);
		try {
			producer.execute(this.announced);
		}
		catch (RejectedExecutionException ex) {
			wakeUpAsAnnounced();
		}
	}

	private void wakeUpAsAnnounced() {
		// atomic, so a full fence: either this sees that the drain has ended, or the end
		// of the drain sees all that was added before, ordered stores included
		if (!this.state.getAndSet(State.DRAINING).isDraining()) {
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

	private void start() {
		if (!this.priority) {
			this.threads.execute(this.drain);
		}
		else if (!this.threads.executeWithPriority(this.drain)) {
			// the application has ended; futures are completed nevertheless
			CallbackThreads.runLast(this.drain);
		}
	}

	private void drain() {
		this.thread = Thread.currentThread();
		try {
			boolean more = true;
			for (int i = 0; more && i < MAX_IN_A_ROW; i++) {
				more = this.source.runNext();
			}
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
		this.thread = null;
		if (this.state.getAndUpdate(State::drained) == State.DRAINING && !this.source.isEmpty()) {
			wakeUp();
		}
	}

	/**
	 * A queue of work. Both methods are called by the thread that drains.
	 */
	public interface Source {

		/**
		 * Take the first piece of work and do it.
		 * @return {@code false} if the queue was empty
		 */
		boolean runNext();

		/**
		 * Return whether the queue is empty.
		 * @return whether there is no work
		 */
		boolean isEmpty();

	}

	/**
	 * Whether a thread drains the queue, or was asked to, and whether the producer has
	 * announced work.
	 */
	private enum State {

		IDLE, ANNOUNCED, DRAINING, DRAINING_AND_ANNOUNCED;

		boolean isDraining() {
			return this == DRAINING || this == DRAINING_AND_ANNOUNCED;
		}

		boolean isAnnounced() {
			return this == ANNOUNCED || this == DRAINING_AND_ANNOUNCED;
		}

		State draining() {
			return isAnnounced() ? DRAINING_AND_ANNOUNCED : DRAINING;
		}

		State announced() {
			return isDraining() ? DRAINING_AND_ANNOUNCED : ANNOUNCED;
		}

		State drained() {
			return isAnnounced() ? ANNOUNCED : IDLE;
		}

	}

}
