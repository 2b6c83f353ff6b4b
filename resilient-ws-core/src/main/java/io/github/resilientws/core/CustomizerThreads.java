package io.github.resilientws.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which the customizers of one client are asked. A call that hangs does not
 * hold up the next attempt, but only so many may hang at once.
 */
final class CustomizerThreads {

	static final int MAX_CALLS = 3;

	private final LanePool pool;

	private final AtomicInteger calls = new AtomicInteger();

	CustomizerThreads(LanePool pool) {
		this.pool = pool;
	}

	/**
	 * Run a call.
	 * @param call the call
	 * @return {@code false} if too many earlier calls have not returned
	 */
	boolean execute(Runnable call) {
		if (this.calls.incrementAndGet() > MAX_CALLS) {
			this.calls.decrementAndGet();
			return false;
		}
		this.pool.executeSupply(() -> {
			try {
				call.run();
			}
			finally {
				this.calls.decrementAndGet();
			}
		});
		return true;
	}

}
