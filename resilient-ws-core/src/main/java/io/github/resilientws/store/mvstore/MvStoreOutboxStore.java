package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

/**
 * The store of one client. Its writer thread does all work on the file.
 */
final class MvStoreOutboxStore implements OutboxStore {

	private static final Log logger = LogFactory.getLog(MvStoreOutboxStore.class);

	private static final long CLOSE_MILLIS = 10_000;

	private final OutboxFile file;

	private final StoreWriter writer;

	MvStoreOutboxStore(OutboxFile file, StoreWriter writer) {
		this.file = file;
		this.writer = writer;
	}

	/**
	 * Open the file.
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

	@Override
	public void recover(Consumer<OutboxRecord> target) throws IOException {
		List<StoredRecord> all = await(this.writer.submit(() -> {
			this.writer.ensureOpen();
			return this.file.read();
		}));
		all.forEach((stored) -> target.accept(new OutboxRecord(stored.position(), stored.content())));
	}

	@Override
	public CompletableFuture<Void> append(List<OutboxRecord> records) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		long bytes = 0;
		for (OutboxRecord one : records) {
			bytes += one.content().length;
		}
		this.writer.append(new StoreRequest.Append(records, bytes, done));
		return done;
	}

	@Override
	public void remove(long[] positions) {
		this.writer.remove(new StoreRequest.Remove(positions));
	}

	@Override
	public @Nullable String getProblem() {
		String problem = this.writer.problem();
		return (problem != null) ? problem : this.file.damage();
	}

	@Override
	public void close() {
		this.writer.close();
		// an interrupted thread must not leave the file open
		boolean interrupted = Thread.interrupted();
		try {
			if (!this.writer.join(CLOSE_MILLIS)) {
				logger.warn("Store " + this.file.path() + " is still being closed after " + CLOSE_MILLIS + " ms");
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
