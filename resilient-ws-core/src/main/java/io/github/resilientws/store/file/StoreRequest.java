package io.github.resilientws.store.file;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request to the writer of a store.
 */
sealed interface StoreRequest {

	/**
	 * Return the length of its records in the file.
	 * @return the bytes
	 */
	default long size() {
		return 0;
	}

	/**
	 * Keep records.
	 *
	 * @param records the records
	 * @param size their length in the file
	 * @param done completes when they are kept
	 */
	record Append(List<StoredRecord> records, long size, CompletableFuture<Void> done) implements StoreRequest {

		Append(List<StoredRecord> records) {
			this(records, records.stream().mapToLong((one) -> RecordCodec.HEADER + one.content().length).sum(),
					new CompletableFuture<>());
		}

	}

	/**
	 * Remove records.
	 *
	 * @param positions their positions
	 */
	record Remove(long[] positions) implements StoreRequest {

		@Override
		public long size() {
			return (long) RecordCodec.HEADER * this.positions.length;
		}

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
