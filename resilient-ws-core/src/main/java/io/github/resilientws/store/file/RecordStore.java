package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Bytes at positions of a journal. Its writer thread does all work on the journal.
 */
final class RecordStore {

	private static final Log logger = LogFactory.getLog(RecordStore.class);

	private static final long CLOSE_MILLIS = 10_000;

	private final Journal journal;

	private final PendingChanges changes;

	private final StoreWriter writer;

	RecordStore(Journal journal, PendingChanges changes, StoreWriter writer) {
		this.journal = journal;
		this.changes = changes;
		this.writer = writer;
	}

	/**
	 * Open the journal.
	 * @throws IOException if it cannot be opened; then lock and thread are released
	 */
	void open() throws IOException {
		this.writer.start();
		try {
			// on the thread of the store: the interrupt of a caller would close the file
			await(this.writer.submit(() -> {
				this.writer.ensureOpen();
				return true;
			}));
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
	}

	Path path() {
		return this.journal.path();
	}

	/**
	 * Read all records in order, after all earlier calls were executed.
	 * @param target receives the records
	 * @throws IOException if they cannot be read
	 */
	void recover(Consumer<StoredRecord> target) throws IOException {
		List<StoredRecord> all = await(this.writer.submit(() -> {
			this.writer.ensureOpen();
			return this.changes.read();
		}));
		all.forEach(target);
	}

	/**
	 * Keep records. Does not block.
	 * @param records the records; one replaces an earlier one at the same position
	 * @return completes on the thread of the store once they are committed
	 */
	CompletableFuture<Void> append(List<StoredRecord> records) {
		StoreRequest.Append append = new StoreRequest.Append(records);
		this.writer.append(append);
		return append.done();
	}

	/**
	 * Remove records. Does not block.
	 * @param positions their positions
	 */
	void remove(long[] positions) {
		this.writer.remove(new StoreRequest.Remove(positions));
	}

	@Nullable String getProblem() {
		String problem = this.writer.problem();
		return (problem != null) ? problem : this.journal.damage();
	}

	/** Execute all earlier calls, then release the store. */
	void close() {
		this.writer.close();
		// an interrupted thread must not leave the file open
		boolean interrupted = Thread.interrupted();
		try {
			if (!this.writer.join(CLOSE_MILLIS)) {
				logger.warn("Store " + this.journal.path() + " is still being closed after " + CLOSE_MILLIS + " ms");
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static <T> T await(CompletableFuture<T> result) throws IOException {
		try {
			return result.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof IOException failure) {
				throw failure;
			}
			throw ex;
		}
	}

}
