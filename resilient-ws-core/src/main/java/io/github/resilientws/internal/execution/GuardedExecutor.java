package io.github.resilientws.internal.execution;

import io.github.resilientws.transport.SerialExecutor;

/**
 * Contains failures of the tasks of one client.
 */
final class GuardedExecutor implements SerialExecutor {

	private final SerialExecutor executor;

	private final InternalFailures failures;

	GuardedExecutor(SerialExecutor executor, InternalFailures failures) {
		this.executor = executor;
		this.failures = failures;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(() -> this.failures.run(task));
	}

	@Override
	public boolean inExecutor() {
		return this.executor.inExecutor();
	}

	@Override
	public long nanoTime() {
		return this.executor.nanoTime();
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		return this.executor.schedule(() -> this.failures.run(task), delayNanos);
	}

}
