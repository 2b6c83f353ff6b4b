package io.github.resilientws.internal.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.resilientws.settings.QueueSettings;

/**
 * The usage of the outbox, in messages and in bytes. Shared by senders and the executor.
 * Only messages of an earlier run exceed the bounds.
 */
public final class OutboxCapacity {

	// dropped messages hold no payload, so a small outbox allows more of them
	private static final int MIN_DROPPING = 4096;

	private final int capacity;

	private final long maxBytes;

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	// finished, but their futures are not complete: bounded, or a callback that blocks
	// their completion would fill the memory
	private final AtomicInteger completing = new AtomicInteger();

	// the same, dropped for newer messages
	private final AtomicInteger dropping = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final AtomicInteger blocked = new AtomicInteger();

	public OutboxCapacity(QueueSettings settings) {
		this.capacity = settings.capacity();
		this.maxBytes = (settings.maxBytes() != 0) ? settings.maxBytes() : Long.MAX_VALUE;
	}

	public boolean canEverFit(int size) {
		return size <= this.maxBytes;
	}

	/**
	 * Reserve room if there is enough.
	 * @param size bytes of the message
	 * @return whether room was reserved
	 */
	public boolean tryReserve(int size) {
		if (isBacklogged() || !takePlace()) {
			return false;
		}
		if (exchangeBytes(0, size)) {
			return true;
		}
		this.count.decrementAndGet();
		if (!this.lock.isHeldByCurrentThread()) {
			// another sender may have missed the free place meanwhile
			wakeSenders();
		}
		return false;
	}

	/**
	 * Transfer the room of dropped messages to a new one, in one step, if that room and
	 * the free room are enough. They count as unfinished until {@link #dropCompleted()}
	 * is called.
	 * @param messages number of dropped messages
	 * @param freed their bytes
	 * @param size bytes of the new message
	 * @return {@code false} if the room is not enough; nothing was changed then
	 */
	boolean tryExchange(int messages, long freed, int size) {
		if (messages == 0 && !takePlace()) {
			return false;
		}
		if (this.count.get() > this.capacity + Math.max(0, messages - 1) || !exchangeBytes(freed, size)) {
			if (messages == 0) {
				this.count.decrementAndGet();
			}
			return false;
		}
		if (messages > 0) {
			this.dropping.addAndGet(messages);
			this.count.addAndGet(1 - messages);
		}
		return true;
	}

	/**
	 * Return whether the room of dropped messages and the free room are enough for a new
	 * message.
	 * @param messages number of messages that would be dropped
	 * @param freed their bytes
	 * @param size bytes of the new message
	 * @return {@code false} if {@link #tryExchange} would fail
	 */
	boolean fits(int messages, long freed, int size) {
		return this.count.get() - messages < this.capacity && this.bytes.get() - freed + size <= this.maxBytes;
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

	private boolean exchangeBytes(long freed, int size) {
		long taken = this.bytes.get();
		while (taken - freed + size <= this.maxBytes) {
			if (this.bytes.compareAndSet(taken, taken - freed + size)) {
				return true;
			}
			taken = this.bytes.get();
		}
		return false;
	}

	/**
	 * Reserve room for a message that an earlier run accepted, even beyond the bounds.
	 * @param size bytes of the message
	 */
	public void reserveOverLimit(int size) {
		this.count.incrementAndGet();
		this.bytes.addAndGet(size);
	}

	/**
	 * Wait for room and reserve it.
	 * @param size bytes of the message
	 * @param nanos longest wait
	 * @param open whether the outbox still accepts messages
	 * @return whether room was reserved
	 * @throws InterruptedException if interrupted while waiting
	 */
	public boolean reserve(int size, long nanos, BooleanSupplier open) throws InterruptedException {
		this.lock.lockInterruptibly();
		this.blocked.incrementAndGet();
		try {
			long remaining = nanos;
			while (open.getAsBoolean()) {
				if (tryReserve(size)) {
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
	 * Give back the room of messages that are finished. They count as unfinished until
	 * {@link #completed} is called.
	 * @param messages number of messages
	 * @param size their bytes
	 */
	public void release(int messages, long size) {
		this.completing.addAndGet(messages);
		this.bytes.addAndGet(-size);
		this.count.addAndGet(-messages);
		wakeSenders();
	}

	/**
	 * The futures of finished messages are complete.
	 * @param messages number of messages
	 */
	public void completed(int messages) {
		this.completing.addAndGet(-messages);
		wakeSenders();
	}

	/**
	 * Give back the room of a dropped message. It counts as unfinished until
	 * {@link #dropCompleted()} is called.
	 * @param size its bytes
	 */
	void releaseDropped(int size) {
		this.dropping.incrementAndGet();
		this.bytes.addAndGet(-size);
		this.count.decrementAndGet();
	}

	/** The future of a dropped message is complete. */
	void dropCompleted() {
		this.dropping.decrementAndGet();
		wakeSenders();
	}

	/** Wake up senders that wait for room, so that they check again. */
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

	/**
	 * Return whether the completion of futures lags too far behind to accept messages.
	 * @return whether more futures than the outbox has places are to be completed
	 */
	public boolean isBacklogged() {
		return this.completing.get() > this.capacity || this.dropping.get() > Math.max(this.capacity, MIN_DROPPING);
	}

	public int unfinished() {
		return this.count.get() + this.completing.get() + this.dropping.get();
	}

	public long bytes() {
		return this.bytes.get();
	}

}
