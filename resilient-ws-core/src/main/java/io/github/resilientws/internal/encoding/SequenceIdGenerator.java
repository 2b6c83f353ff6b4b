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

	/** How many numbers are reserved at once. */
	public static final int BLOCK = 10_000;

	/** The same, if several instances share the numbers. */
	public static final int SHARED_BLOCK = 1000;

	private final Reservations reservations;

	private final int blockSize;

	private volatile @Nullable Block block;

	// guarded by this
	private long atLeast;

	/**
	 * Create a sequence.
	 * @param clock wall clock for the first number
	 * @param reservations reserves blocks of numbers before they are used
	 * @param blockSize how many numbers are reserved at once
	 */
	public SequenceIdGenerator(InstantSource clock, Reservations reservations, int blockSize) {
		Instant now = clock.instant();
		this.atLeast = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000 + 1;
		this.reservations = reservations;
		this.blockSize = blockSize;
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
		long first = this.reservations.reserve(this.atLeast, this.blockSize);
		this.atLeast = first + this.blockSize;
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
