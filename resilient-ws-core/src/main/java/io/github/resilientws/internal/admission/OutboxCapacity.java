package io.github.resilientws.internal.admission;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.QueueSettings;

/**
 * The usage of the outbox, in messages and in bytes. Shared by senders and the executor.
 * Only messages of an earlier run exceed the bounds.
 */
public final class OutboxCapacity {

	// dropped messages hold no payload, so a small outbox allows more of them
	private static final int MIN_DROPPING = 4096;

	// of the word that holds bytes and messages: 256 GB, and 33 million messages
	private static final int BYTES_BITS = 38;

	private static final long MAX_BYTES = (1L << BYTES_BITS) - 1;

	private static final int MAX_MESSAGES = (1 << Long.SIZE - BYTES_BITS - 1) - 1;

	private static final AtomicLongFieldUpdater<OutboxCapacity> USED = AtomicLongFieldUpdater
		.newUpdater(OutboxCapacity.class, "used");

	private static final AtomicIntegerFieldUpdater<OutboxCapacity> COMPLETING = AtomicIntegerFieldUpdater
		.newUpdater(OutboxCapacity.class, "completing");

	private static final AtomicIntegerFieldUpdater<OutboxCapacity> DROPPING = AtomicIntegerFieldUpdater
		.newUpdater(OutboxCapacity.class, "dropping");

	private final int capacity;

	private final long maxBytes;

	// messages and bytes in one word, so that both are reserved in one step
	private volatile long used;

	// finished, but their futures are not complete: bounded, or a callback that blocks
	// their completion would fill the memory
	private volatile int completing;

	// the same, dropped for newer messages
	private volatile int dropping;

	// created by the first sender that waits
	private volatile @Nullable Waiting waiting;

	public OutboxCapacity(QueueSettings settings) {
		this.capacity = Math.min(settings.capacity(), MAX_MESSAGES);
		this.maxBytes = (settings.maxBytes() != 0) ? Math.min(settings.maxBytes(), MAX_BYTES) : MAX_BYTES;
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
		return !isBacklogged() && tryChange(1, size);
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
		if (!tryChange(1 - messages, size - freed)) {
			return false;
		}
		DROPPING.addAndGet(this, messages);
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
		return fits(this.used, 1 - messages, size - freed);
	}

	private boolean tryChange(int messages, long size) {
		long present = this.used;
		while (fits(present, messages, size)) {
			if (USED.compareAndSet(this, present, present + word(messages, size))) {
				return true;
			}
			present = this.used;
		}
		return false;
	}

	private boolean fits(long present, int messages, long size) {
		return messages(present) + messages <= this.capacity && bytes(present) + size <= this.maxBytes;
	}

	private static long word(int messages, long size) {
		return ((long) messages << BYTES_BITS) + size;
	}

	private static int messages(long word) {
		return (int) (word >>> BYTES_BITS);
	}

	private static long bytes(long word) {
		return word & MAX_BYTES;
	}

	/**
	 * Reserve room for a message that an earlier run accepted, even beyond the bounds.
	 * @param size bytes of the message
	 */
	public void reserveOverLimit(int size) {
		USED.addAndGet(this, word(1, size));
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
		Waiting senders = waiting();
		senders.lock.lockInterruptibly();
		senders.blocked++;
		try {
			long remaining = nanos;
			while (open.getAsBoolean()) {
				if (tryReserve(size)) {
					return true;
				}
				if (remaining <= 0) {
					return false;
				}
				remaining = senders.room.awaitNanos(remaining);
			}
			return false;
		}
		finally {
			senders.blocked--;
			senders.lock.unlock();
		}
	}

	private synchronized Waiting waiting() {
		Waiting known = this.waiting;
		if (known == null) {
			known = new Waiting();
			this.waiting = known;
		}
		return known;
	}

	/**
	 * Give back the room of messages that are finished. They count as unfinished until
	 * {@link #completed} is called.
	 * @param messages number of messages
	 * @param size their bytes
	 */
	public void release(int messages, long size) {
		COMPLETING.addAndGet(this, messages);
		USED.addAndGet(this, word(-messages, -size));
		wakeSenders();
	}

	/**
	 * The futures of finished messages are complete.
	 * @param messages number of messages
	 */
	public void completed(int messages) {
		COMPLETING.addAndGet(this, -messages);
		wakeSenders();
	}

	/**
	 * Give back the room of a dropped message. It counts as unfinished until
	 * {@link #dropCompleted()} is called.
	 * @param size its bytes
	 */
	void releaseDropped(int size) {
		DROPPING.incrementAndGet(this);
		USED.addAndGet(this, word(-1, -size));
	}

	/** The future of a dropped message is complete. */
	void dropCompleted() {
		DROPPING.decrementAndGet(this);
		wakeSenders();
	}

	/** Wake up senders that wait for room, so that they check again. */
	public void wakeSenders() {
		Waiting senders = this.waiting;
		if (senders != null && senders.blocked > 0) {
			senders.lock.lock();
			try {
				senders.room.signalAll();
			}
			finally {
				senders.lock.unlock();
			}
		}
	}

	/**
	 * Return whether the completion of futures lags too far behind to accept messages.
	 * @return whether more futures than the outbox has places are to be completed
	 */
	public boolean isBacklogged() {
		return this.completing > this.capacity || this.dropping > Math.max(this.capacity, MIN_DROPPING);
	}

	public int unfinished() {
		return messages(this.used) + this.completing + this.dropping;
	}

	public long bytes() {
		return bytes(this.used);
	}

	/**
	 * The senders that wait for room.
	 */
	private static final class Waiting {

		private final ReentrantLock lock = new ReentrantLock();

		private final Condition room = this.lock.newCondition();

		// written under the lock
		private volatile int blocked;

	}

}
