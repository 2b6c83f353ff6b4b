package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.store.OutboxRecord;

/**
 * What is asked of the writer of a store.
 */
sealed interface StoreRequest {

	/**
	 * Keep records.
	 *
	 * @param records the records
	 * @param bytes their length together
	 * @param done completed when they are kept
	 */
	record Append(List<OutboxRecord> records, long bytes, CompletableFuture<Void> done) implements StoreRequest {
	}

	/**
	 * Forget records.
	 *
	 * @param positions their positions
	 */
	record Remove(long[] positions) implements StoreRequest {
	}

	/**
	 * Something else, after all that was asked for before.
	 *
	 * @param action what to do
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
	 * What {@link Run} does.
	 *
	 * @param <T> type of its result
	 */
	interface Action<T> {

		T run() throws IOException;

	}

}
