package io.github.resilientws.core;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): the time in milliseconds, then random bits.
 */
final class TimeOrderedIds implements MessageIds {

	private static final long VERSION = 0x7000;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	// SplitMix64: each value of the counter once, so two ids differ for sure
	private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

	private final InstantSource clock;

	private final AtomicLong counter;

	private final long salt;

	TimeOrderedIds(InstantSource clock, RandomGenerator random) {
		this.clock = clock;
		this.counter = new AtomicLong(random.nextLong());
		this.salt = random.nextLong();
	}

	@Override
	public String next() {
		long seed = this.counter.getAndAdd(GAMMA);
		long high = (this.clock.millis() << 16) | VERSION | (mix(seed ^ this.salt) >>> 52);
		long low = VARIANT | (mix(seed) >>> 2);
		return new UUID(high, low).toString();
	}

	private static long mix(long seed) {
		long mixed = (seed ^ (seed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
		return mixed ^ (mixed >>> 31);
	}

}
