package io.github.resilientws.internal.lifecycle;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * Closes a client when its application ends. Waits for the last callbacks of the client,
 * but not for a callback that itself waits for the end of the application.
 */
public final class ApplicationShutdown {

	private static final Executor LATER = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

	private final ResilientWebSocketClient client;

	private final ClientOperations operations;

	/**
	 * Create a shutdown.
	 * @param client the client
	 * @param operations its operations
	 */
	public ApplicationShutdown(ResilientWebSocketClient client, ClientOperations operations) {
		this.client = client;
		this.operations = operations;
	}

	/**
	 * Close the client.
	 * @param limit when to stop waiting
	 * @return completes when the client is closed or the limit has expired; never fails
	 */
	public CompletableFuture<Void> begin(Duration limit) {
		Thread caller = Thread.currentThread();
		CompletableFuture<Void> end = new CompletableFuture<>();
		end.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
		this.client.disconnect().whenComplete((closed, ex) -> end.complete(null));
		check(end, (thread) -> thread == caller || endsTheProcess(thread));
		return end;
	}

	// ends when the limit expires, at the latest
	private void check(CompletableFuture<Void> end, Predicate<Thread> waitsForTheEnd) {
		if (end.isDone()) {
			return;
		}
		if (this.client.getState() == ConnectionState.CLOSED && this.operations.waitFor(waitsForTheEnd)) {
			this.operations.whenStoreReleased(() -> end.complete(null));
		}
		else {
			LATER.execute(() -> check(end, waitsForTheEnd));
		}
	}

	// System.exit() never returns, so a shutdown hook must not wait for its caller
	private static boolean endsTheProcess(Thread thread) {
		return Arrays.stream(thread.getStackTrace())
			.anyMatch((frame) -> frame.getMethodName().equals("exit")
					&& frame.getClassName().equals(Runtime.class.getName()));
	}

}
