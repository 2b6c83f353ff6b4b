package io.github.resilientws.internal.encoding;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Generates UUIDs of version 7 (RFC 9562, section 5.7): the time in milliseconds, then
 * random bits. Within a millisecond the random bits are incremented (section 6.2, method
 * 2), so that the ids stay in order.
 */
public final class TimeOrderedIdGenerator implements MessageIdGenerator {

	private static final long VERSION = 0x7000;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private final InstantSource clock;

	// 62 bits are used; the first of them is reserved for increments
	private final AtomicLong counter;

	private final long salt;

	public TimeOrderedIdGenerator(InstantSource clock, RandomGenerator random) {
		this.clock = clock;
		this.counter = new AtomicLong(random.nextLong() >>> 3);
		this.salt = random.nextLong() >>> 52;
	}

	@Override
	public UUID next() {
		return new UUID(high(), VARIANT | this.counter.getAndIncrement());
	}

	@Override
	public MessageIdGenerator block(int count) {
		return new Block(high(), VARIANT | this.counter.getAndAdd(count));
	}

	private long high() {
		return (this.clock.millis() << 16) | VERSION | this.salt;
	}

	@Override
	public boolean areUnique() {
		return true;
	}

	/**
	 * Ids of one millisecond. Confined to one thread.
	 */
	private static final class Block implements MessageIdGenerator {

		private final long high;

		private long low;

		Block(long high, long low) {
			this.high = high;
			this.low = low;
		}

		@Override
		public UUID next() {
			return new UUID(this.high, this.low++);
		}

	}

}
