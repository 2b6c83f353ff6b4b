package io.github.resilientws.core;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Ids of messages that were sent without one: unique within and, very likely, across
 * clients.
 */
final class MessageIds {

	private final String prefix;

	private final AtomicLong next = new AtomicLong();

	MessageIds(RandomGenerator random) {
		this.prefix = Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX) + "-";
	}

	String next() {
		return this.prefix + this.next.incrementAndGet();
	}

}
