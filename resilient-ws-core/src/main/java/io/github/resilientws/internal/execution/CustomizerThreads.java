package io.github.resilientws.internal.execution;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Threads that call the customizers of one client. A call that hangs does not delay the
 * next attempt, but the number of pending calls is limited.
 */
public final class CustomizerThreads {

	/** Largest number of calls that run or wait at the same time. */
	public static final int MAX_CALLS = 3;

	private final CallbackThreads pool;

	private final Consumer<Throwable> onFailure;

	private final AtomicInteger calls = new AtomicInteger();

	/**
	 * Create the threads of a client.
	 * @param pool the callback threads
	 * @param onFailure receives failures of calls
	 */
	public CustomizerThreads(CallbackThreads pool, Consumer<Throwable> onFailure) {
		this.pool = pool;
		this.onFailure = onFailure;
	}

	/**
	 * Run a call.
	 * @param call the call
	 * @return {@code false} if too many earlier calls have not returned
	 * @throws RejectedExecutionException if the application has ended
	 */
	public boolean execute(Runnable call) {
		if (this.calls.incrementAndGet() > MAX_CALLS) {
			this.calls.decrementAndGet();
			return false;
		}
		try {
			this.pool.executeForAttempt(() -> run(call));
		}
		catch (RejectedExecutionException ex) {
			this.calls.decrementAndGet();
			throw ex;
		}
		return true;
	}

	private void run(Runnable call) {
		this.pool.enterCallbacks();
		try {
			call.run();
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
		finally {
			this.pool.leaveCallbacks();
			this.calls.decrementAndGet();
		}
	}

}
