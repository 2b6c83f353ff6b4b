package io.github.resilientws.internal.execution;

import org.springframework.util.ErrorHandler;

import io.github.resilientws.transport.SerialExecutor;

/**
 * Hands exceptions of tasks and timers to an {@link ErrorHandler}, on the executor, so
 * that no failure is lost in a transport's event loop.
 */
public final class GuardedExecutor implements SerialExecutor {

	private final SerialExecutor delegate;

	private final ErrorHandler errorHandler;

	/**
	 * Create an executor.
	 * @param delegate runs the tasks
	 * @param errorHandler receives exceptions of tasks
	 */
	public GuardedExecutor(SerialExecutor delegate, ErrorHandler errorHandler) {
		this.delegate = delegate;
		this.errorHandler = errorHandler;
	}

	@Override
	public void execute(Runnable task) {
		this.delegate.execute(() -> run(task));
	}

	@Override
	public Timer schedule(Runnable task, long delayNanos) {
		return this.delegate.schedule(() -> run(task), delayNanos);
	}

	@Override
	public boolean inExecutor() {
		return this.delegate.inExecutor();
	}

	@Override
	public long nanoTime() {
		return this.delegate.nanoTime();
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.errorHandler.handleError(ex);
		}
	}

}
