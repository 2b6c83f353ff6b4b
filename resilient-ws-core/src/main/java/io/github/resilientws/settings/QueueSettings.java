package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Bounds and store of the outbox.
 *
 * @param capacity largest number of unfinished messages; by default 10,000
 * @param maxBytes largest sum of their payloads in bytes; 0 for unlimited; by default 16
 * MB
 * @param overflow policy for a message that does not fit; by default {@code REJECT}
 * @param blockTimeout longest wait of {@code send} with {@code BLOCK}; by default 5
 * seconds
 * @param ttl longest time that a message may wait; zero for no limit; by default zero
 * @param store store that makes the outbox survive the JVM; needs delivery at least once;
 * by default memory, which does not survive
 * @since 0.1
 */
public record QueueSettings(int capacity, long maxBytes, Overflow overflow, Duration blockTimeout, Duration ttl,
		StoreSettings store) {

	/** 10,000 messages or 16 MB, in memory; more are rejected. */
	public static final QueueSettings DEFAULTS = new QueueSettings(10_000, 16 * 1024 * 1024, Overflow.REJECT,
			Duration.ofSeconds(5), Duration.ZERO, StoreSettings.MEMORY);

	/**
	 * Return a copy with the given {@code capacity}.
	 * @param capacity largest number of unfinished messages
	 * @return the copy
	 */
	public QueueSettings withCapacity(int capacity) {
		return new QueueSettings(capacity, this.maxBytes, this.overflow, this.blockTimeout, this.ttl, this.store);
	}

	/**
	 * Return a copy with the given {@code max-bytes}.
	 * @param maxBytes largest sum of their payloads in bytes; 0 for unlimited
	 * @return the copy
	 */
	public QueueSettings withMaxBytes(long maxBytes) {
		return new QueueSettings(this.capacity, maxBytes, this.overflow, this.blockTimeout, this.ttl, this.store);
	}

	/**
	 * Return a copy with the given {@code overflow}.
	 * @param overflow policy for a message that does not fit
	 * @return the copy
	 */
	public QueueSettings withOverflow(Overflow overflow) {
		return new QueueSettings(this.capacity, this.maxBytes, overflow, this.blockTimeout, this.ttl, this.store);
	}

	/**
	 * Return a copy with the given {@code block-timeout}.
	 * @param blockTimeout longest wait of {@code send} with {@code BLOCK}
	 * @return the copy
	 */
	public QueueSettings withBlockTimeout(Duration blockTimeout) {
		return new QueueSettings(this.capacity, this.maxBytes, this.overflow, blockTimeout, this.ttl, this.store);
	}

	/**
	 * Return a copy with the given {@code ttl}.
	 * @param ttl longest time that a message may wait; zero for no limit
	 * @return the copy
	 */
	public QueueSettings withTtl(Duration ttl) {
		return new QueueSettings(this.capacity, this.maxBytes, this.overflow, this.blockTimeout, ttl, this.store);
	}

	/**
	 * Return a copy with the given {@code store}.
	 * @param store store that makes the outbox survive the JVM; needs delivery at least
	 * once
	 * @return the copy
	 */
	public QueueSettings withStore(StoreSettings store) {
		return new QueueSettings(this.capacity, this.maxBytes, this.overflow, this.blockTimeout, this.ttl, store);
	}

	/**
	 * Return a copy with the given bounds.
	 * @param capacity largest number of unfinished messages
	 * @param maxBytes largest sum of their payloads in bytes; 0 for unlimited
	 * @return the copy
	 */
	public QueueSettings withBounds(int capacity, long maxBytes) {
		return withCapacity(capacity).withMaxBytes(maxBytes);
	}

	/**
	 * Return a copy with the given overflow policy.
	 * @param overflow policy for a message that does not fit
	 * @param blockTimeout longest wait of {@code send} with {@code BLOCK}
	 * @return the copy
	 */
	public QueueSettings withOverflow(Overflow overflow, Duration blockTimeout) {
		return withOverflow(overflow).withBlockTimeout(blockTimeout);
	}

	/**
	 * Policy for a message that does not fit into the outbox.
	 */
	public enum Overflow {

		/** The new message fails. */
		REJECT,

		/** The oldest message that was never handed to a transport is dropped. */
		DROP_OLDEST,

		/** The new message is dropped. */
		DROP_NEWEST,

		/** The sender waits. */
		BLOCK

	}

}
