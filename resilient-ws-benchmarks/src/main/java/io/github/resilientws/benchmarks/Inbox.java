package io.github.resilientws.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Counts the messages that a client receives. Written by one thread at a time.
 */
final class Inbox {

	private static final long LIMIT_SECONDS = 120;

	private volatile Expectation expectation = new Expectation(Long.MAX_VALUE);

	/**
	 * Expect messages from now on.
	 * @param messages number of messages
	 */
	void expect(long messages) {
		this.expectation = new Expectation(messages);
	}

	void received(String text) {
		Expectation current = this.expectation;
		current.characters += text.length();
		if (++current.messages == current.expected) {
			current.done.countDown();
		}
	}

	/**
	 * Wait for the expected messages.
	 * @throws InterruptedException if interrupted
	 * @throws TimeoutException if they do not arrive
	 */
	void await() throws InterruptedException, TimeoutException {
		if (!this.expectation.done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new TimeoutException(
					this.expectation.messages + " of " + this.expectation.expected + " messages arrived");
		}
	}

	private static final class Expectation {

		private final long expected;

		private final CountDownLatch done = new CountDownLatch(1);

		private long messages;

		private long characters;

		Expectation(long expected) {
			this.expected = expected;
		}

	}

}
