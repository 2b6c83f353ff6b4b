package io.github.resilientws.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of one client. {@link #append} and {@link #remove} are called from
 * any thread, transport threads included, and must not block. The store executes the
 * calls in their order. The records of one call become durable together or not at all.
 * Failures are reported by the futures, by {@link #getProblem()} and by
 * {@link IOException}, whose text the client shows. Of any other exception it shows the
 * type and the place only.
 *
 * @since 0.1
 */
public interface OutboxStore {

	/**
	 * Read all records in the order of their positions, after all earlier calls were
	 * executed. Called first, and again when the client is connected after it gave up.
	 * @param target receives the records
	 * @throws IOException if they cannot be read. Of a damaged store the readable records
	 * are read; the rest is kept aside, and {@link #getProblem()} reports it
	 */
	void recover(Consumer<OutboxRecord> target) throws IOException;

	/**
	 * Keep records. A record replaces an earlier one at the same position.
	 * @param records the records
	 * @return completes on a thread of the store once the records are as durable as the
	 * store promises; fails with an {@link IOException} if they are not kept. The store
	 * then continues with the next call
	 */
	CompletableFuture<Void> append(List<OutboxRecord> records);

	/**
	 * Remove records. A record whose removal was not durable before a crash is read
	 * again.
	 * @param positions their positions; unknown ones are ignored
	 */
	void remove(long[] positions);

	/**
	 * Describe the problem of the store.
	 * @return a sentence for logs and health, or {@code null} if the store works
	 */
	default @Nullable String getProblem() {
		return null;
	}

	/**
	 * Execute all earlier calls, then release the store. Blocks; called once.
	 */
	void close();

}
