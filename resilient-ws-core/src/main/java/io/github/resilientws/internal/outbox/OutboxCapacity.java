package io.github.resilientws.internal.outbox;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.resilientws.settings.QueueSettings;

/**
 * How much of the outbox is taken, by count and by bytes. Shared by senders and executor:
 * taken one bound after the other, never beyond.
 */
public final class OutboxCapacity {

	private final int capacity;

	private final long maxBytes;

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	// decided, but their futures not yet completed: bounded too, or a blocked completion
	// lane would fill the memory
	private final AtomicInteger completing = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final AtomicInteger blocked = new AtomicInteger();

	public OutboxCapacity(QueueSettings settings) {
		this.capacity = settings.capacity();
		this.maxBytes = (settings.maxBytes() != 0) ? settings.maxBytes() : Long.MAX_VALUE;
	}

	public boolean everFits(int size) {
		return size <= this.maxBytes;
	}

	/**
	 * Take room if there is any.
	 * @param size bytes of the message
	 * @return whether room was taken
	 */
	public boolean tryTake(int size) {
		if (isBacklogged() || !takePlace()) {
			return false;
		}
		if (takeBytes(size)) {
			return true;
		}
		this.count.decrementAndGet();
		if (!this.lock.isHeldByCurrentThread()) {
			// somebody may have missed the place meanwhile
			wakeSenders();
		}
		return false;
	}

	private boolean takePlace() {
		int taken = this.count.get();
		while (taken < this.capacity) {
			if (this.count.compareAndSet(taken, taken + 1)) {
				return true;
			}
			taken = this.count.get();
		}
		return false;
	}

	private boolean takeBytes(int size) {
		long taken = this.bytes.get();
		while (taken + size <= this.maxBytes) {
			if (this.bytes.compareAndSet(taken, taken + size)) {
				return true;
			}
			taken = this.bytes.get();
		}
		return false;
	}

	/**
	 * Take room even if there is none: the oldest message will make it.
	 * @param size bytes of the message
	 * @return {@code false} if completions are too far behind
	 */
	public boolean takeAnyway(int size) {
		if (isBacklogged()) {
			return false;
		}
		takeRecovered(size);
		return true;
	}

	/**
	 * Take room for a message that an earlier run accepted.
	 * @param size bytes of the message
	 */
	public void takeRecovered(int size) {
		this.count.incrementAndGet();
		this.bytes.addAndGet(size);
	}

	public boolean isExceeded() {
		return this.count.get() > this.capacity || this.bytes.get() > this.maxBytes;
	}

	/**
	 * Wait for room and take it.
	 * @param size bytes of the message
	 * @param nanos longest wait
	 * @param open whether waiting still makes sense
	 * @return whether room was taken
	 * @throws InterruptedException if interrupted while waiting
	 */
	public boolean take(int size, long nanos, BooleanSupplier open) throws InterruptedException {
		this.lock.lockInterruptibly();
		this.blocked.incrementAndGet();
		try {
			long remaining = nanos;
			while (open.getAsBoolean()) {
				if (tryTake(size)) {
					return true;
				}
				if (remaining <= 0) {
					return false;
				}
				remaining = this.room.awaitNanos(remaining);
			}
			return false;
		}
		finally {
			this.blocked.decrementAndGet();
			this.lock.unlock();
		}
	}

	/**
	 * Give room back: the fate of messages is decided.
	 * @param messages number of messages
	 * @param size their bytes
	 */
	public void decided(int messages, long size) {
		this.completing.addAndGet(messages);
		this.bytes.addAndGet(-size);
		this.count.addAndGet(-messages);
		wakeSenders();
	}

	/**
	 * The futures of messages were completed.
	 * @param messages number of messages
	 */
	public void completed(int messages) {
		this.completing.addAndGet(-messages);
		wakeSenders();
	}

	public void wakeSenders() {
		if (this.blocked.get() > 0) {
			this.lock.lock();
			try {
				this.room.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	public int unfinished() {
		return this.count.get() + this.completing.get();
	}

	public long bytes() {
		return this.bytes.get();
	}

	private boolean isBacklogged() {
		return this.completing.get() > this.capacity;
	}

}
