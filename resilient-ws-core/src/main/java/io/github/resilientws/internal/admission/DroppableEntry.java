package io.github.resilientws.internal.admission;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.encoding.EncodedMessage;

/**
 * A message that a newer one may displace from the outbox until it is handed to a
 * transport.
 */
public final class DroppableEntry extends OutboxEntry {

	private final @Nullable String key;

	// guarded by DroppableMessages, like the fields below
	@Nullable DroppableEntry older;

	@Nullable DroppableEntry newer;

	boolean listed;

	boolean forgotten;

	// written under that lock; the executor reads it without the lock
	private volatile boolean dropped;

	DroppableEntry(EncodedMessage message, @Nullable String key, boolean isVolatile, long acceptedNanos,
			long ttlNanos) {
		super(message, isVolatile, acceptedNanos, ttlNanos, false);
		this.key = key;
	}

	@Nullable String key() {
		return this.key;
	}

	void drop() {
		this.dropped = true;
		discardPayload();
	}

	@Override
	public boolean isDropped() {
		return this.dropped;
	}

}
