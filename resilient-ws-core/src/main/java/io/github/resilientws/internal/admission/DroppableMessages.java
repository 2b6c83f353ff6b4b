package io.github.resilientws.internal.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Messages that were never handed to a transport and that a newer message may replace,
 * because it has the same key or because they are the oldest of a full outbox. Senders
 * drop them on their own threads, so the bounds hold even while the executor is busy; the
 * executor claims a message before it does anything with it.
 */
public final class DroppableMessages {

	/** Why a message was dropped for a newer one with its key. */
	public static final String REPLACED = "a newer message with the same key replaced it";

	/** Why the oldest message of a full outbox was dropped. */
	public static final String OLDEST = "a newer message replaced it because the outbox was full";

	private final boolean dropOldest;

	private final OutboxCapacity capacity;

	private final MessageOutcomes outcomes;

	// guards all fields below; no user code is called while it is held
	private final Object lock = new Object();

	// the list, in order of acceptance
	private @Nullable DroppableEntry oldest;

	private @Nullable DroppableEntry newest;

	private int size;

	private long bytes;

	// the newest of each key; created by the first message with a key
	private @Nullable Map<String, DroppableEntry> byKey;

	// dropped messages that the executor has not removed from the log, linked by newer;
	// volatile, so that a check needs no lock
	private volatile @Nullable DroppableEntry dropped;

	/**
	 * Create an empty list.
	 * @param dropOldest whether the oldest messages make room for any newer one
	 * @param capacity room of the outbox
	 * @param outcomes receives dropped messages
	 */
	public DroppableMessages(boolean dropOldest, OutboxCapacity capacity, MessageOutcomes outcomes) {
		this.dropOldest = dropOldest;
		this.capacity = capacity;
		this.outcomes = outcomes;
	}

	/**
	 * Return whether {@link #accept} is likely to find room by dropping others.
	 * @param entry the message
	 * @return {@code false} if no message may be dropped for it
	 */
	boolean canMakeRoomFor(DroppableEntry entry) {
		synchronized (this.lock) {
			return replacedBy(entry) != null || canOldestMakeRoom(entry.payload().length);
		}
	}

	/**
	 * Accept a message: from now on it may be dropped, and it replaces the message with
	 * the same key. If no room is reserved for it, it takes over the room of dropped
	 * messages in one step, so that the bounds are never exceeded.
	 * @param entry the message
	 * @param reserved whether room was reserved for it
	 * @return {@code false} if no room is available; nothing was changed then
	 */
	boolean accept(DroppableEntry entry, boolean reserved) {
		List<OutboxEntry> victims;
		synchronized (this.lock) {
			DroppableEntry replaced = replacedBy(entry);
			DroppableEntry stays = this.oldest;
			if (reserved && replaced != null) {
				this.capacity.releaseDropped(replaced.payload().length);
			}
			else if (!reserved) {
				if (this.capacity.isBacklogged() || (replaced == null && !canOldestMakeRoom(entry.payload().length))) {
					return false;
				}
				int places = (replaced != null) ? 1 : 0;
				long room = (replaced != null) ? replaced.payload().length : 0;
				while (!this.capacity.tryExchange(places, room, entry.payload().length)) {
					if (stays == null || !this.dropOldest) {
						return false;
					}
					if (stays != replaced) {
						places++;
						room += stays.payload().length;
					}
					stays = stays.newer;
				}
			}
			victims = drop(replaced, stays);
			add(this.newest, entry, null);
		}
		if (!victims.isEmpty()) {
			this.capacity.wakeSenders();
			this.outcomes.dropped(victims);
		}
		return true;
	}

	/**
	 * Claim a message, so that no sender can drop it.
	 * @param entry the message
	 * @return {@code false} if a sender has dropped it
	 */
	public boolean claim(OutboxEntry entry) {
		if (!(entry instanceof DroppableEntry droppable)) {
			return true;
		}
		synchronized (this.lock) {
			if (droppable.listed) {
				remove(droppable);
			}
			return !droppable.isDropped();
		}
	}

	/**
	 * Release a claimed message, which waits again at its former position. Called on the
	 * executor.
	 * @param entry the message, never handed over
	 * @return the claimed message that has to fail because a newer one has the same key,
	 * or {@code null}
	 */
	public @Nullable OutboxEntry restore(OutboxEntry entry) {
		if (!(entry instanceof DroppableEntry droppable)) {
			return null;
		}
		synchronized (this.lock) {
			DroppableEntry other = replacedBy(droppable);
			if (other != null && isBefore(entry, other)) {
				return droppable;
			}
			if (other != null) {
				remove(other);
			}
			DroppableEntry next = this.oldest;
			while (next != null && !isBefore(entry, next)) {
				next = next.newer;
			}
			add((next != null) ? next.older : this.newest, droppable, next);
			return other;
		}
	}

	/**
	 * Take the messages that senders have dropped and that may still be in the log.
	 * @return the messages, linked by {@link #nextDropped}, or {@code null}
	 */
	public @Nullable OutboxEntry takeDropped() {
		if (this.dropped == null) {
			return null;
		}
		synchronized (this.lock) {
			DroppableEntry first = this.dropped;
			this.dropped = null;
			return first;
		}
	}

	/**
	 * Return the next dropped message, and clear the link to it.
	 * @param entry a message of {@link #takeDropped()}
	 * @return the next message, or {@code null}
	 */
	public @Nullable OutboxEntry nextDropped(OutboxEntry entry) {
		DroppableEntry droppable = (DroppableEntry) entry;
		DroppableEntry next = droppable.newer;
		droppable.newer = null;
		return next;
	}

	/**
	 * A dropped message has left the ingress queue, so it is not in the log.
	 * @param entry the message
	 */
	void forget(DroppableEntry entry) {
		synchronized (this.lock) {
			entry.forgotten = true;
		}
	}

	/** Free the memory of dropped messages that are not in the log. */
	void removeForgotten() {
		synchronized (this.lock) {
			DroppableEntry entry = this.dropped;
			DroppableEntry remaining = null;
			while (entry != null) {
				DroppableEntry next = entry.newer;
				entry.newer = null;
				if (!entry.forgotten) {
					entry.newer = remaining;
					remaining = entry;
				}
				entry = next;
			}
			this.dropped = remaining;
		}
	}

	private @Nullable DroppableEntry replacedBy(DroppableEntry entry) {
		return (entry.key() != null && this.byKey != null) ? this.byKey.get(entry.key()) : null;
	}

	// otherwise each attempt without success would visit all of them
	private boolean canOldestMakeRoom(int size) {
		return this.dropOldest && this.oldest != null && this.capacity.fits(this.size, this.bytes, size);
	}

	// a message that is still with its sender is newer than all in the log
	private static boolean isBefore(OutboxEntry entry, OutboxEntry other) {
		return other.sequence() == OutboxEntry.NOT_IN_LOG || entry.sequence() < other.sequence();
	}

	private List<OutboxEntry> drop(@Nullable DroppableEntry replaced, @Nullable DroppableEntry stays) {
		if (replaced == null && this.oldest == stays) {
			return List.of();
		}
		List<OutboxEntry> victims = new ArrayList<>(2);
		while (this.oldest != null && this.oldest != stays) {
			victims.add(drop(this.oldest, (this.oldest == replaced) ? REPLACED : OLDEST));
		}
		if (replaced != null && replaced.listed) {
			victims.add(drop(replaced, REPLACED));
		}
		return victims;
	}

	private DroppableEntry drop(DroppableEntry victim, String detail) {
		remove(victim);
		victim.drop();
		victim.newer = this.dropped;
		this.dropped = victim;
		this.outcomes.dropping(victim, detail);
		return victim;
	}

	private void add(@Nullable DroppableEntry older, DroppableEntry entry, @Nullable DroppableEntry newer) {
		entry.older = older;
		entry.newer = newer;
		entry.listed = true;
		if (older != null) {
			older.newer = entry;
		}
		else {
			this.oldest = entry;
		}
		if (newer != null) {
			newer.older = entry;
		}
		else {
			this.newest = entry;
		}
		this.size++;
		this.bytes += entry.payload().length;
		if (entry.key() != null) {
			if (this.byKey == null) {
				this.byKey = new HashMap<>();
			}
			this.byKey.put(entry.key(), entry);
		}
	}

	private void remove(DroppableEntry entry) {
		if (entry.older != null) {
			entry.older.newer = entry.newer;
		}
		else {
			this.oldest = entry.newer;
		}
		if (entry.newer != null) {
			entry.newer.older = entry.older;
		}
		else {
			this.newest = entry.older;
		}
		entry.older = null;
		entry.newer = null;
		entry.listed = false;
		this.size--;
		this.bytes -= entry.payload().length;
		if (entry.key() != null && this.byKey != null) {
			this.byKey.remove(entry.key(), entry);
		}
	}

}
