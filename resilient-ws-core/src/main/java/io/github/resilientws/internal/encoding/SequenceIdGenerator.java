package io.github.resilientws.internal.encoding;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Generates ascending numbers, across restarts too: they start from the clock, in
 * microseconds, or after the last id that a store has reserved.
 */
public final class SequenceIdGenerator implements MessageIdGenerator {

	private static final int BLOCK = 10_000;

	private final Reservations reservations;

	private volatile @Nullable Block block;

	// guarded by this
	private long atLeast;

	/**
	 * Create a sequence.
	 * @param clock wall clock for the first number
	 * @param reservations reserves blocks of numbers before they are used
	 */
	public SequenceIdGenerator(InstantSource clock, Reservations reservations) {
		Instant now = clock.instant();
		this.atLeast = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000 + 1;
		this.reservations = reservations;
	}

	@Override
	public synchronized void reset() {
		this.block = null;
	}

	@Override
	public Long next() {
		Long id = nextOfBlock();
		return (id != null) ? id : nextOfAnotherBlock();
	}

	private @Nullable Long nextOfBlock() {
		Block current = this.block;
		long id = (current != null) ? current.next.getAndIncrement() : 0;
		return (current != null && id < current.end) ? id : null;
	}

	private synchronized Long nextOfAnotherBlock() {
		// another thread may have reserved it
		Long id = nextOfBlock();
		if (id != null) {
			return id;
		}
		long first = this.reservations.reserve(this.atLeast, BLOCK);
		this.atLeast = first + BLOCK;
		this.block = new Block(new AtomicLong(first + 1), this.atLeast);
		return first;
	}

	/**
	 * Reserves numbers.
	 */
	@FunctionalInterface
	public interface Reservations {

		/** Reserves in memory only. */
		Reservations NONE = (atLeast, count) -> atLeast;

		/**
		 * Reserve numbers.
		 * @param atLeast the smallest number allowed
		 * @param count how many
		 * @return the first of them
		 */
		long reserve(long atLeast, int count);

	}

	private record Block(AtomicLong next, long end) {

	}

}
