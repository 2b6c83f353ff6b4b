package io.github.resilientws.internal.execution;

import io.github.resilientws.transport.SerialExecutor;

/**
 * Runs each task at once, on the caller's thread.
 */
public final class InlineExecutor implements SerialExecutor {

	@Override
	public void execute(Runnable task) {
		task.run();
	}

	@Override
	public boolean inExecutor() {
		return true;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		throw new UnsupportedOperationException();
	}

}
