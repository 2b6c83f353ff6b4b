package io.github.resilientws.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.SerialExecutor;

/**
 * An executor in virtual time, which only {@link #advance(Duration)} moves. A task runs
 * at once, in the caller's thread; if another one is running, it runs after that one. An
 * exception of a task is thrown by the call that ran it, after all waiting tasks have
 * run. All methods may be called from any thread; one thread at a time runs tasks.
 *
 * <pre>{@code
 * VirtualExecutor executor = new VirtualExecutor();
 * executor.schedule(() -> System.out.println("due"), 5_000_000_000L);
 * executor.advance(Duration.ofSeconds(5));
 * }</pre>
 *
 * @since 0.1
 */
public final class VirtualExecutor implements SerialExecutor {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Object lock = new Object();

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final PriorityQueue<VirtualTimer> timers = new PriorityQueue<>(
			Comparator.comparingLong(VirtualTimer::due).thenComparingLong(VirtualTimer::sequence));

	private @Nullable Thread runner;

	private long now;

	private long sequence;

	/**
	 * Create an executor whose time is 0.
	 */
	public VirtualExecutor() {
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this.lock) {
			this.tasks.add(task);
			if (this.runner != null) {
				return;
			}
			this.runner = Thread.currentThread();
		}
		run(null);
	}

	@Override
	public boolean inExecutor() {
		synchronized (this.lock) {
			return this.runner == Thread.currentThread();
		}
	}

	@Override
	public long nanoTime() {
		synchronized (this.lock) {
			return this.now;
		}
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		synchronized (this.lock) {
			VirtualTimer timer = new VirtualTimer(this.now + Math.max(0, delayNanos), this.sequence++, task);
			this.timers.add(timer);
			return () -> {
				synchronized (this.lock) {
					this.timers.remove(timer);
				}
			};
		}
	}

	/**
	 * Return a wall clock in this virtual time.
	 * @return the clock, which shows 2026-01-01 at time 0
	 */
	public InstantSource clock() {
		return () -> START.plusNanos(nanoTime());
	}

	/**
	 * Let time pass. Timers that become due run in the order of their due times, and in
	 * the order of submission if these are equal; {@link #nanoTime()} is the due time
	 * while one runs. The call waits for a task that another thread runs.
	 * @param duration the time, or zero to run the tasks that are due now
	 * @throws IllegalStateException if called by a task
	 */
	public void advance(Duration duration) {
		long target;
		synchronized (this.lock) {
			if (this.runner == Thread.currentThread()) {
				throw new IllegalStateException("a task cannot move time");
			}
			awaitIdle();
			this.runner = Thread.currentThread();
			target = this.now + duration.toNanos();
		}
		run(target);
	}

	/**
	 * Let time pass while no task runs, as in a long garbage collection or a stopped
	 * process. Timers that became due run late, before the next task.
	 * @param duration the time
	 * @throws IllegalStateException if called by a task
	 */
	public void pause(Duration duration) {
		synchronized (this.lock) {
			if (this.runner == Thread.currentThread()) {
				throw new IllegalStateException("a task cannot move time");
			}
			awaitIdle();
			this.now += duration.toNanos();
		}
		advance(Duration.ZERO);
	}

	/**
	 * Return the number of timers that have not run and were not cancelled.
	 * @return the number
	 */
	public int pendingTimers() {
		synchronized (this.lock) {
			return this.timers.size();
		}
	}

	/**
	 * Return the time until the next timer is due.
	 * @return the time, or {@code null} without a timer
	 */
	public @Nullable Duration untilNextTimer() {
		synchronized (this.lock) {
			VirtualTimer next = this.timers.peek();
			return (next != null) ? Duration.ofNanos(next.due - this.now) : null;
		}
	}

	private void run(@Nullable Long target) {
		Throwable failure = null;
		Runnable task = next(target);
		while (task != null) {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				failure = (failure != null) ? failure : ex;
			}
			task = next(target);
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

	private @Nullable Runnable next(@Nullable Long target) {
		synchronized (this.lock) {
			Runnable task = this.tasks.poll();
			if (task != null) {
				return task;
			}
			VirtualTimer timer = this.timers.peek();
			if (target != null && timer != null && timer.due <= target) {
				this.timers.remove(timer);
				this.now = Math.max(this.now, timer.due);
				return timer.task;
			}
			if (target != null) {
				this.now = target;
			}
			this.runner = null;
			this.lock.notifyAll();
			return null;
		}
	}

	private void awaitIdle() {
		while (this.runner != null) {
			try {
				this.lock.wait();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted", ex);
			}
		}
	}

	/**
	 * A timer. Timers are compared by identity, so that one of two equal ones can be
	 * cancelled.
	 */
	private static final class VirtualTimer {

		private final long due;

		private final long sequence;

		private final Runnable task;

		VirtualTimer(long due, long sequence, Runnable task) {
			this.due = due;
			this.sequence = sequence;
			this.task = task;
		}

		long due() {
			return this.due;
		}

		long sequence() {
			return this.sequence;
		}

	}

}
