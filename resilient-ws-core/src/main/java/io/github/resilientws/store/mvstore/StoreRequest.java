package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request to the writer of a store.
 */
sealed interface StoreRequest {

	/**
	 * Keep records.
	 *
	 * @param records the records
	 * @param bytes their total length
	 * @param done completes when they are kept
	 */
	record Append(List<OpaqueRecord> records, long bytes, CompletableFuture<Void> done) implements StoreRequest {
	}

	/**
	 * Remove records.
	 *
	 * @param positions their positions
	 */
	record Remove(long[] positions) implements StoreRequest {
	}

	/**
	 * Run an action after all earlier requests.
	 *
	 * @param action the action
	 * @param done completed with its result
	 */
	record Run<T>(Action<T> action, CompletableFuture<T> done) implements StoreRequest {

		void run() {
			try {
				this.done.complete(this.action.run());
			}
			catch (Throwable ex) {
				this.done.completeExceptionally(ex);
			}
		}

	}

	/**
	 * An action for {@link Run}.
	 *
	 * @param <T> type of its result
	 */
	interface Action<T> {

		T run() throws IOException;

	}

}
