package io.github.resilientws.internal.execution;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads on which the customizers of one client are asked. A call that hangs does not
 * hold up the next attempt, but only so many may hang at once.
 */
public final class CustomizerThreads {

	/** Calls that may be under way or waiting at the same time. */
	public static final int MAX_CALLS = 3;

	private final CallbackThreads pool;

	private final AtomicInteger calls = new AtomicInteger();

	public CustomizerThreads(CallbackThreads pool) {
		this.pool = pool;
	}

	/**
	 * Run a call.
	 * @param call the call
	 * @return {@code false} if too many earlier calls have not returned
	 */
	public boolean execute(Runnable call) {
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
