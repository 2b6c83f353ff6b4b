package io.github.resilientws.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of one client. {@link #append} and {@link #remove} are called from
 * any thread, among them transport threads, and must not block; what they ask for is done
 * in the order of the calls. Records of one call become durable together or not at all.
 * What goes wrong is told by the futures, {@link #getProblem()} and {@link IOException}.
 */
public interface OutboxStore {

	/**
	 * Read all records, in order of their positions, after what was asked for before.
	 * Called first, and again when the client is connected after it gave up.
	 * @param target takes the records
	 * @throws IOException if they cannot be read; what can be read of a damaged store is
	 * read, and the rest kept aside and told by {@link #getProblem()}
	 */
	void recover(Consumer<OutboxRecord> target) throws IOException;

	/**
	 * Keep records. One whose position is there already replaces it.
	 * @param records the records
	 * @return completes, on a thread of the store, when the records survive what the
	 * store promises; fails with an {@link IOException} when they are not kept, after
	 * which the store goes on with the next call
	 */
	CompletableFuture<Void> append(List<OutboxRecord> records);

	/**
	 * Forget records. What could not be forgotten before a crash is recovered once more.
	 * @param positions their positions; unknown ones do not matter
	 */
	void remove(long[] positions);

	/**
	 * Return what is wrong.
	 * @return a sentence for a reader, or {@code null} if all is well
	 */
	default @Nullable String getProblem() {
		return null;
	}

	/**
	 * Do what was asked for and release the store. Blocks; called once.
	 */
	void close();

}
