package io.github.resilientws.benchmarks.process;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Counts the messages of one connection. It looks at each text, since some engines decode
 * it only then.
 */
final class MessageCounter implements Consumer<String> {

	private final long expected;

	private final CountDownLatch arrived;

	private long messages;

	private long characters;

	MessageCounter(long expected, CountDownLatch arrived) {
		this.expected = expected;
		this.arrived = arrived;
	}

	@Override
	public void accept(String text) {
		this.characters += text.length();
		if (++this.messages == this.expected) {
			this.arrived.countDown();
		}
	}

}
