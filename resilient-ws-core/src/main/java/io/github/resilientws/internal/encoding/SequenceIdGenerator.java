package io.github.resilientws.internal.encoding;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Generates ascending numbers, across restarts too: they start from the clock, in
 * microseconds, or after the last id that a store has reserved.
 */
public final class SequenceIdGenerator implements MessageIdGenerator {

	private static final long BLOCK = 10_000;

	private final AtomicLong last;

	private final LongConsumer store;

	private volatile long reserved;

	/**
	 * Create a sequence.
	 * @param clock wall clock for the first number
	 * @param store records the end of each block before an id of the block is used
	 */
	public SequenceIdGenerator(InstantSource clock, LongConsumer store) {
		Instant now = clock.instant();
		this.last = new AtomicLong(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
		this.store = store;
	}

	@Override
	public void startAfter(long used) {
		this.last.accumulateAndGet(used, Math::max);
	}

	@Override
	public Long next() {
		long id = this.last.incrementAndGet();
		if (id > this.reserved) {
			reserve(id);
		}
		return id;
	}

	private synchronized void reserve(long id) {
		if (id > this.reserved) {
			long end = id + BLOCK;
			this.store.accept(end);
			this.reserved = end;
		}
	}

}
