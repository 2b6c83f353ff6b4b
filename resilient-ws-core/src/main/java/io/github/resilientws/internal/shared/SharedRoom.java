package io.github.resilientws.internal.shared;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.SharedOutboxStore.Backlog;

/**
 * The room of an outbox that several instances share: the backlog as it was last counted,
 * and what this instance has accepted since. Called by senders.
 */
public final class SharedRoom {

	private static final long COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);

	// while a sender waits for room
	private static final long RECOUNT_MILLIS = 100;

	// a count that has begun before may miss what was accepted since
	private static final int COUNTS_BEFORE_REFUSAL = 2;

	// counting takes at most a tenth of the time, unless the outbox seems to be full
	private static final int COUNT_SHARE = 10;

	// how far the owner counts beyond the capacity to know how many messages to drop
	private static final int MOST_EXCESS = 10_000;

	private final QueueSettings settings;

	private final SharedStoreHandle store;

	private final LongSupplier nanoTime;

	private final BooleanSupplier open;

	private final long maxBytes;

	// guarded by this, like the fields below
	private Backlog counted = new Backlog(0, 0);

	private long countedAt;

	private boolean counting;

	private long countTook;

	// accepted since the last count began, and all that are not known to be stored
	private int accepted;

	private long acceptedBytes;

	// since the last count
	private int left;

	private long leftBytes;

	private int unsettled;

	private long unsettledBytes;

	/**
	 * Create the room.
	 * @param settings the bounds, and the policy when they are reached
	 * @param store the store
	 * @param nanoTime monotonic time
	 * @param open whether the client still accepts messages
	 */
	public SharedRoom(QueueSettings settings, SharedStoreHandle store, LongSupplier nanoTime, BooleanSupplier open) {
		this.settings = settings;
		this.store = store;
		this.nanoTime = nanoTime;
		this.open = open;
		this.maxBytes = (settings.maxBytes() != 0) ? settings.maxBytes() : Long.MAX_VALUE;
		this.countedAt = nanoTime.getAsLong() - COUNT_NANOS;
	}

	/**
	 * Reserve room for a message that is about to be stored.
	 * @param size its bytes
	 * @param mayWait whether the caller may wait for room
	 * @throws MessageRefusedException if there is none
	 */
	void reserve(int size, boolean mayWait) throws MessageRefusedException {
		if (size > this.maxBytes) {
			throw new MessageRefusedException(
					"its " + size + " bytes exceed queue.max-bytes = " + this.settings.maxBytes());
		}
		recount(countInterval());
		if (tryReserve(size)) {
			return;
		}
		if (this.settings.overflow() != Overflow.BLOCK && mayWait && tryReserveAfterCount(size)) {
			return;
		}
		switch (this.settings.overflow()) {
			case DROP_NEWEST -> throw new MessageRefusedException(Reason.DROPPED, "the outbox is full");
			case BLOCK -> {
				if (!mayWait) {
					throw new MessageRefusedException("the outbox is full, and this thread must not wait for it");
				}
				awaitRoom(size);
			}
			default -> throw new MessageRefusedException("the outbox is full");
		}
	}

	// the owner does not look for messages while the store counts
	private synchronized long countInterval() {
		return Math.max(COUNT_NANOS, COUNT_SHARE * this.countTook);
	}

	private synchronized boolean tryReserve(int size) {
		// the owner of the line drops the oldest
		if (this.settings.overflow() != Overflow.DROP_OLDEST
				&& (messages() >= this.settings.capacity() || bytes() + size > this.maxBytes)) {
			return false;
		}
		this.unsettled++;
		this.unsettledBytes += size;
		return true;
	}

	// the owner of the line may have sent what was accepted since the last count
	private boolean tryReserveAfterCount(int size) {
		for (int i = 0; i < COUNTS_BEFORE_REFUSAL; i++) {
			if (!hasAccepted()) {
				return false;
			}
			recount(0);
			if (!awaitCount()) {
				return false;
			}
			if (tryReserve(size)) {
				return true;
			}
		}
		return false;
	}

	private synchronized boolean hasAccepted() {
		return this.accepted > 0;
	}

	private synchronized boolean awaitCount() {
		long deadline = this.nanoTime.getAsLong() + this.settings.store().storeTimeout().toNanos();
		long remaining = deadline - this.nanoTime.getAsLong();
		try {
			while (this.counting && remaining > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, remaining);
				remaining = deadline - this.nanoTime.getAsLong();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		return !this.counting;
	}

	private void awaitRoom(int size) throws MessageRefusedException {
		long deadline = this.nanoTime.getAsLong() + this.settings.blockTimeout().toNanos();
		while (!tryReserve(size)) {
			if (!this.open.getAsBoolean()) {
				throw new MessageRefusedException(Reason.CLOSED, "the client is closed");
			}
			if (deadline - this.nanoTime.getAsLong() <= 0) {
				throw new MessageRefusedException("no room in the outbox within queue.block-timeout");
			}
			recount(TimeUnit.MILLISECONDS.toNanos(RECOUNT_MILLIS));
			try {
				synchronized (this) {
					wait(RECOUNT_MILLIS);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new MessageRefusedException("interrupted while waiting for room in the outbox");
			}
		}
	}

	/**
	 * It is known whether a message is stored.
	 * @param size its bytes
	 * @param stored whether it is
	 */
	synchronized void settled(int size, boolean stored) {
		this.unsettled--;
		this.unsettledBytes -= size;
		if (stored) {
			this.accepted++;
			this.acceptedBytes += size;
		}
		notifyAll();
	}

	/**
	 * Messages have left the store.
	 * @param messages number of messages
	 * @param size their bytes
	 */
	public synchronized void left(int messages, long size) {
		this.left += messages;
		this.leftBytes += size;
		notifyAll();
	}

	/**
	 * Count the backlog again.
	 * @param olderThanNanos unless the last count is at most as old
	 */
	public void recount(long olderThanNanos) {
		SharedOutboxStore current = this.store.storeOrNull();
		int acceptedBefore;
		long bytesBefore;
		synchronized (this) {
			long now = this.nanoTime.getAsLong();
			if (current == null || this.counting || now - this.countedAt < olderThanNanos) {
				return;
			}
			this.counting = true;
			this.countedAt = now;
			acceptedBefore = this.accepted;
			bytesBefore = this.acceptedBytes;
		}
		current.count(most()).whenComplete((backlog, failure) -> {
			synchronized (this) {
				this.counting = false;
				this.countTook = this.nanoTime.getAsLong() - this.countedAt;
				if (backlog != null) {
					this.counted = backlog;
					this.accepted -= acceptedBefore;
					this.acceptedBytes -= bytesBefore;
					// the store has counted after these removals
					this.left = 0;
					this.leftBytes = 0;
				}
				notifyAll();
			}
		});
	}

	private int most() {
		long beyond = (this.settings.overflow() == Overflow.DROP_OLDEST) ? MOST_EXCESS : 1;
		return (int) Math.min(Integer.MAX_VALUE, this.settings.capacity() + beyond);
	}

	/**
	 * Return the number of messages in the store as it was last counted.
	 * @return number of messages, without those that were accepted or have left since
	 */
	public synchronized int counted() {
		return Math.max(0, this.counted.messages() - this.left);
	}

	/**
	 * Return the number of messages in the store, as far as is known here.
	 * @return number of messages
	 */
	public synchronized int messages() {
		return Math.max(0, this.counted.messages() + this.accepted - this.left) + this.unsettled;
	}

	/**
	 * Return the size of the messages in the store, as far as is known here.
	 * @return sum of their payloads in bytes
	 */
	public synchronized long bytes() {
		return Math.max(0, this.counted.bytes() + this.acceptedBytes - this.leftBytes) + this.unsettledBytes;
	}

}
