package io.github.resilientws.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of operations on callback threads, never on a transport thread.
 */
public final class OperationCompleter {

	private final SequentialExecutor deliveries;

	private final SequentialExecutor events;

	/**
	 * Create a completer.
	 * @param deliveries completes the futures of sent messages
	 * @param events publishes the events of the client
	 */
	public OperationCompleter(SequentialExecutor deliveries, SequentialExecutor events) {
		this.deliveries = deliveries;
		this.events = events;
	}

	/**
	 * Complete a future after all earlier deliveries and events.
	 * @param <T> type of the result
	 * @param future the future
	 * @param value the result
	 */
	public <T> void complete(CompletableFuture<T> future, @Nullable T value) {
		afterEvents(() -> future.complete(value));
	}

	/**
	 * Fail a future after all earlier deliveries and events.
	 * @param future the future
	 * @param failure the failure
	 */
	public void fail(CompletableFuture<?> future, Throwable failure) {
		afterEvents(() -> future.completeExceptionally(failure));
	}

	/**
	 * Return whether futures wait for a callback that runs on a certain thread.
	 * @param thread tests the thread
	 * @return whether futures wait
	 */
	public boolean waitsFor(Predicate<Thread> thread) {
		return isRunBy(this.deliveries, thread) || isRunBy(this.events, thread);
	}

	private static boolean isRunBy(SequentialExecutor executor, Predicate<Thread> test) {
		Thread thread = executor.getThread();
		return thread != null && test.test(thread);
	}

	private void afterEvents(Runnable task) {
		this.deliveries.execute(() -> this.events.execute(task));
	}

}
