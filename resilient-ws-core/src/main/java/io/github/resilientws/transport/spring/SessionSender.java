package io.github.resilientws.transport.spring;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

/**
 * Sends the messages of one connection, one after another, on a thread that may block and
 * that is used only while messages wait. Pings go before messages, also between the
 * fragments of a message. Results are reported on the executor, in the order in which the
 * writes ended.
 */
final class SessionSender {

	/**
	 * Cost at which the connection becomes unwritable, so that a ping does not wait for
	 * long.
	 */
	private static final long HIGH_WATER = 64 * 1024;

	private static final long LOW_WATER = HIGH_WATER / 2;

	/** A send that takes longer is stalled: the peer may continue only if it is read. */
	private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final WebSocketSession session;

	private final Executor blocking;

	private final LoopExecutor executor;

	private final Consumer<Throwable> onFailure;

	private final Runnable onWritable;

	// guarded by this
	private final Deque<SendJob> pings = new ArrayDeque<>(0);

	// guarded by this
	private final Deque<SendJob> jobs = new ArrayDeque<>(2);

	// the job whose step is being sent; guarded by this
	private @Nullable SendJob current;

	// start of that step; guarded by this
	private long stepStart;

	// signals of the peer during that step; guarded by this
	private final Queue<Runnable> held = new ArrayDeque<>(0);

	// guarded by this
	private long bytesTaken;

	// guarded by this
	private boolean cut;

	// guarded by this
	private long cost;

	// guarded by this
	private boolean full;

	// guarded by this
	private State state = State.IDLE;

	// set and cleared by the sending thread, between its start and its end
	private volatile @Nullable Thread sendingThread;

	SessionSender(WebSocketSession session, Executor blocking, LoopExecutor executor, Consumer<Throwable> onFailure,
			Runnable onWritable) {
		this.session = session;
		this.blocking = blocking;
		this.executor = executor;
		this.onFailure = onFailure;
		this.onWritable = onWritable;
	}

	synchronized boolean isWritable() {
		return !this.full && this.state != State.ENDED;
	}

	/**
	 * Return how many bytes the session took, as far as is known: those of sends that
	 * have returned.
	 * @return bytes of payloads
	 */
	synchronized long bytesTaken() {
		return this.bytesTaken;
	}

	/**
	 * Return whether the caller is inside a send, so that a signal of the container is a
	 * consequence of the send.
	 * @return whether this is the sending thread
	 */
	boolean isSendingThread() {
		return Thread.currentThread() == this.sendingThread;
	}

	/**
	 * Send messages after the pending ones.
	 * @param messages the messages
	 * @param maxFrameSize bytes of the largest fragment
	 * @param listener receives the result
	 */
	void write(List<? extends OutboundPayload> messages, int maxFrameSize, WriteListener listener) {
		add(SendJob.messages(messages, maxFrameSize, listener));
	}

	/**
	 * Send a ping before the pending messages and fragments.
	 * @param ping the ping
	 * @param listener receives the result
	 */
	void ping(PingMessage ping, WriteListener listener) {
		add(SendJob.ping(ping, listener));
	}

	/**
	 * Run a task after the pending messages.
	 * @param task the task; may block
	 */
	void afterwards(Runnable task) {
		add(SendJob.task(task));
	}

	/**
	 * Report that a write is refused, after the results of earlier writes.
	 * @param listener receives the result
	 */
	void refuse(WriteListener listener) {
		add(SendJob.refused(listener, new ClosedChannelException()));
	}

	/**
	 * Pass on a signal of the peer, after the result of a send that is about to return:
	 * the signal may be the answer to it.
	 * @param signal passes it on, on the executor
	 */
	synchronized void receive(Runnable signal) {
		boolean sending = this.current != null && this.executor.nanoTime() - this.stepStart < STALLED_NANOS;
		if (!sending && this.held.isEmpty()) {
			this.executor.post(signal);
			return;
		}
		this.held.add(signal);
		if (this.held.size() == 1) {
			this.executor.postLater(this::passOn, STALLED_NANOS);
		}
	}

	private synchronized void passOn() {
		this.held.forEach(this.executor::post);
		this.held.clear();
	}

	/** Send no further message or fragment; tasks still run. */
	synchronized void cut() {
		this.cut = true;
	}

	/** Stop sending, and report pending writes as failed. */
	void end() {
		end(new ClosedChannelException());
	}

	private synchronized boolean end(Throwable failure) {
		boolean first = this.state != State.ENDED;
		this.state = State.ENDED;
		List<SendJob> left = new ArrayList<>(this.pings);
		left.addAll(this.jobs);
		this.pings.clear();
		this.jobs.clear();
		this.current = null;
		passOn();
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
		if (this.state == State.ENDED || (this.jobs.isEmpty() && job.isDone())) {
			job.fail(new ClosedChannelException());
			report(job);
			return false;
		}
		(job.isPing() ? this.pings : this.jobs).add(job);
		this.cost += job.cost();
		this.full |= this.cost >= HIGH_WATER;
		boolean start = this.state == State.IDLE;
		this.state = State.SENDING;
		return start;
	}

	private void drain() {
		this.sendingThread = Thread.currentThread();
		try {
			for (SendJob job = next(null); job != null; job = next(job)) {
				job.step(this.session);
			}
		}
		catch (Throwable ex) {
			failed(ex);
			// no other thread follows: this sender has ended
			this.sendingThread = null;
		}
	}

	private @Nullable SendJob next(@Nullable SendJob previous) {
		// a message that a closed session refuses was not started
		boolean open = this.session.isOpen();
		synchronized (this) {
			if (previous != null && previous == this.current) {
				stepped(previous);
			}
			if (this.cut) {
				this.jobs.stream()
					.filter((job) -> !job.isTask())
					.forEach((job) -> job.fail(new ClosedChannelException()));
			}
			SendJob job = firstOf(this.pings);
			job = (job != null) ? job : firstOf(this.jobs);
			passOn();
			this.current = job;
			this.stepStart = this.executor.nanoTime();
			if (job == null) {
				// before the next sending thread starts, which sets the field itself
				this.sendingThread = null;
				this.state = (this.state == State.SENDING) ? State.IDLE : this.state;
			}
			else {
				job.begin(open);
			}
			return job;
		}
	}

	private @Nullable SendJob firstOf(Deque<SendJob> jobs) {
		SendJob job = jobs.peek();
		while (job != null && job.isDone()) {
			jobs.remove();
			report(job);
			job = jobs.peek();
		}
		return job;
	}

	private void stepped(SendJob job) {
		long before = job.cost();
		this.bytesTaken += job.end();
		this.cost += job.cost() - before;
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

	private enum State {

		/** Nothing waits. */
		IDLE,

		/** A thread sends until nothing waits. */
		SENDING,

		/** Nothing is sent any more. */
		ENDED

	}

}
