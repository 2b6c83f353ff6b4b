package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Bounds of the outbox, and what makes it survive.
 *
 * @param capacity largest number of unfinished messages
 * @param maxBytes largest sum of their payloads in bytes; 0 for unlimited
 * @param overflow what happens when a bound is reached
 * @param blockTimeout longest wait of {@code send} with {@code BLOCK}
 * @param ttl how long a message may wait; zero for ever
 * @param store what makes the outbox survive
 */
public record QueueSettings(int capacity, long maxBytes, Overflow overflow, Duration blockTimeout, Duration ttl,
		StoreSettings store) {

	/** 10,000 messages or 16 MB, in memory, then reject. */
	public static final QueueSettings DEFAULTS = new QueueSettings(10_000, 16 * 1024 * 1024, Overflow.REJECT,
			Duration.ofSeconds(5), Duration.ZERO, StoreSettings.MEMORY);

	/**
	 * Return a copy with the given bounds.
	 * @param capacity largest number of unfinished messages
	 * @param maxBytes largest sum of their payloads in bytes; 0 for unlimited
	 * @return the copy
	 */
	public QueueSettings withBounds(int capacity, long maxBytes) {
		return new QueueSettings(capacity, maxBytes, this.overflow, this.blockTimeout, this.ttl, this.store);
	}

	/**
	 * Return a copy with the given overflow policy.
	 * @param overflow what happens when a bound is reached
	 * @param blockTimeout longest wait of {@code send} with {@code BLOCK}
	 * @return the copy
	 */
	public QueueSettings withOverflow(Overflow overflow, Duration blockTimeout) {
		return new QueueSettings(this.capacity, this.maxBytes, overflow, blockTimeout, this.ttl, this.store);
	}

	/**
	 * Return a copy with the given time to live.
	 * @param ttl how long a message may wait; zero for ever
	 * @return the copy
	 */
	public QueueSettings withTtl(Duration ttl) {
		return new QueueSettings(this.capacity, this.maxBytes, this.overflow, this.blockTimeout, ttl, this.store);
	}

	/**
	 * Return a copy with the given store.
	 * @param store what makes the outbox survive; needs delivery at least once
	 * @return the copy
	 */
	public QueueSettings withStore(StoreSettings store) {
		return new QueueSettings(this.capacity, this.maxBytes, this.overflow, this.blockTimeout, this.ttl, store);
	}

	/**
	 * What happens when the outbox is full.
	 */
	public enum Overflow {

		/** The new message fails. */
		REJECT,

		/** The oldest message that was never handed to a transport makes room. */
		DROP_OLDEST,

		/** The new message is dropped. */
		DROP_NEWEST,

		/** The sender waits. */
		BLOCK

	}

}
