package io.github.resilientws.transport.spring;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.WriteListener;

/**
 * Sends the messages of one connection, one after another, on a thread that may block;
 * there is one only while something is to be sent. Results are told on the executor, in
 * the order of the writes.
 */
final class SendLane {

	/** Cost from which on the connection is not writable, so that a ping comes soon. */
	private static final long HIGH_WATER = 64 * 1024;

	private static final long LOW_WATER = HIGH_WATER / 2;

	private final WebSocketSession session;

	private final Executor blocking;

	private final LoopExecutor executor;

	private final Consumer<Throwable> onFailure;

	private final Runnable onWritable;

	// guarded by this
	private final Deque<SendJob> jobs = new ArrayDeque<>(2);

	// guarded by this
	private long cost;

	// guarded by this
	private long taken;

	// guarded by this
	private boolean full;

	// guarded by this
	private boolean ended;

	// guarded by this
	private boolean running;

	private volatile @Nullable Thread sender;

	SendLane(WebSocketSession session, Executor blocking, LoopExecutor executor, Consumer<Throwable> onFailure,
			Runnable onWritable) {
		this.session = session;
		this.blocking = blocking;
		this.executor = executor;
		this.onFailure = onFailure;
		this.onWritable = onWritable;
	}

	synchronized boolean isWritable() {
		return !this.full;
	}

	synchronized long bytesTaken() {
		return this.taken;
	}

	/**
	 * Return whether the caller is in the middle of sending, so that what the container
	 * tells it is a consequence.
	 * @return whether this is the sending thread
	 */
	boolean isSender() {
		return Thread.currentThread() == this.sender;
	}

	/**
	 * Send messages after those that are waiting.
	 * @param messages the messages
	 * @param listener told the fate
	 */
	void write(List<? extends WebSocketMessage<?>> messages, WriteListener listener) {
		add(SendJob.messages(messages, listener));
	}

	/**
	 * Run a task after the messages that are waiting.
	 * @param task the task; may block
	 */
	void afterwards(Runnable task) {
		add(SendJob.task(task));
	}

	/**
	 * Tell that a write is refused, after the fate of those before it.
	 * @param listener told the fate
	 */
	void refuse(WriteListener listener) {
		add(SendJob.refused(listener, new ClosedChannelException()));
	}

	/** Send nothing any more, and tell so. */
	void end() {
		end(new ClosedChannelException());
	}

	private synchronized boolean end(Throwable failure) {
		boolean first = !this.ended;
		this.ended = true;
		this.full = true;
		List<SendJob> left = new ArrayList<>(this.jobs);
		this.jobs.clear();
		left.forEach((job) -> job.fail(failure));
		left.forEach(this::report);
		return first;
	}

	private void add(SendJob job) {
		if (enqueue(job)) {
			try {
				this.blocking.execute(this::drain);
			}
			catch (RejectedExecutionException ex) {
				failed(ex);
			}
		}
	}

	private synchronized boolean enqueue(SendJob job) {
		if (this.ended || (this.jobs.isEmpty() && job.isDone())) {
			job.fail(new ClosedChannelException());
			report(job);
			return false;
		}
		this.jobs.add(job);
		this.cost += job.cost();
		this.full |= this.cost >= HIGH_WATER;
		boolean start = !this.running;
		this.running = true;
		return start;
	}

	private void drain() {
		this.sender = Thread.currentThread();
		try {
			for (SendJob job = next(null); job != null; job = next(job)) {
				job.step(this.session);
			}
		}
		catch (Throwable ex) {
			failed(ex);
		}
		finally {
			this.sender = null;
		}
	}

	private @Nullable SendJob next(@Nullable SendJob previous) {
		// what a closed session refuses was certainly not started
		boolean open = this.session.isOpen();
		synchronized (this) {
			if (previous != null && previous == this.jobs.peek()) {
				stepped(previous);
			}
			SendJob job = this.jobs.peek();
			while (job != null && job.isDone()) {
				this.jobs.remove();
				report(job);
				job = this.jobs.peek();
			}
			if (job == null) {
				// before the next thread begins
				this.sender = null;
				this.running = false;
			}
			else {
				job.begin(open);
			}
			return job;
		}
	}

	private void stepped(SendJob job) {
		int cost = job.end();
		this.cost -= cost;
		this.taken += cost;
		if (this.full && this.cost < LOW_WATER) {
			this.full = false;
			this.executor.post(this.onWritable);
		}
	}

	private void failed(Throwable failure) {
		if (end(failure)) {
			this.executor.post(() -> this.onFailure.accept(failure));
		}
	}

	private void report(SendJob job) {
		this.executor.post(job::report);
	}

}
