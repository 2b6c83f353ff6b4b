package io.github.resilientws.transport.spring;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks the container's thread of one connection while reading is suspended or earlier
 * messages have not been processed: a container offers no other way to stop reading.
 */
final class ReadGate {

	private static final int MAX_MESSAGES = 64;

	private static final int MAX_BYTES = 256 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	// all guarded by the lock

	private boolean open;

	private boolean ended;

	private int messages;

	private long bytes;

	// until half is processed; otherwise two threads wake each other for each message
	private boolean full;

	/**
	 * Wait until reading is allowed. Called by the container's thread.
	 * @return {@code false} if the connection has ended
	 */
	boolean await() {
		this.lock.lock();
		try {
			while (!this.ended && (!this.open || this.full)) {
				this.changed.await();
			}
			return !this.ended;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A message is passed to the executor.
	 * @param size its size in bytes
	 */
	void entered(int size) {
		count(1, size);
	}

	/**
	 * A message was processed.
	 * @param size its size in bytes
	 */
	void left(int size) {
		count(-1, -size);
	}

	void open() {
		set(true, false);
	}

	void shut() {
		set(false, false);
	}

	/** Release all waiting threads. */
	void end() {
		set(true, true);
	}

	private void count(int messages, int bytes) {
		this.lock.lock();
		try {
			this.messages += messages;
			this.bytes += bytes;
			boolean wasFull = this.full;
			this.full = isAbove(wasFull ? 2 : 1);
			if (wasFull && !this.full) {
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isAbove(int divisor) {
		return this.messages >= MAX_MESSAGES / divisor || this.bytes >= MAX_BYTES / divisor;
	}

	private void set(boolean open, boolean ended) {
		this.lock.lock();
		try {
			this.open = open;
			this.ended |= ended;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
