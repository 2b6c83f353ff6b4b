package io.github.resilientws.internal.owner;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxFeed;

/**
 * Requests messages of a feed, so that the outbox holds a bounded part of the backlog.
 * Confined to the client's executor.
 */
public final class ReadAhead {

	private final int target;

	private @Nullable OutboxFeed feed;

	private int held;

	// written by the executor; negative if messages of this instance came in addition
	private volatile int requested;

	/**
	 * Create a read-ahead without a feed.
	 * @param target how many messages the outbox holds
	 */
	public ReadAhead(int target) {
		this.target = target;
	}

	void start(OutboxFeed feed) {
		this.feed = feed;
		this.held = 0;
		this.requested = 0;
		request(1);
	}

	void stop() {
		this.feed = null;
	}

	void received(int messages, int entered) {
		this.requested = this.requested - messages;
		this.held += entered;
		request(this.target / 4);
	}

	void left(int messages) {
		this.held -= messages;
		request(this.target / 4);
	}

	/**
	 * Return whether the backlog is larger than what the outbox holds, as far as is
	 * known. May be called by any thread.
	 * @return whether nothing is requested
	 */
	boolean isFull() {
		return this.requested <= 0;
	}

	private void request(int atLeast) {
		int missing = this.target - this.held - this.requested;
		if (this.feed != null && missing >= atLeast) {
			this.requested = this.requested + missing;
			this.feed.request(missing);
		}
	}

}
