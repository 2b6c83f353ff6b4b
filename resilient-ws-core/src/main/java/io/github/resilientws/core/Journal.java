package io.github.resilientws.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;
import io.github.resilientws.store.OutboxStoreFactory;

/**
 * Keeps the outbox of one client in a store. The store is read by whoever needs it first,
 * and again after the client was closed or gave up.
 */
final class Journal {

	/** The end of the ids in use, not a message. */
	private static final long RESERVATION = 0;

	private final String client;

	private final OutboxStoreFactory factory;

	private final Target target;

	private final AtomicLong position = new AtomicLong(RESERVATION);

	// guarded by this: set by whoever opens, others wait for it
	private @Nullable CompletableFuture<OutboxStore> loaded;

	// guarded by this: the end of the last release
	private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

	// guarded by this
	private boolean shut;

	private volatile long reserved;

	// why it could not be opened or read
	private volatile @Nullable String failure;

	// open, perhaps to be read again; written by whoever opens or releases, one at a time
	private volatile @Nullable OutboxStore retained;

	/**
	 * Create a journal.
	 * @param client name of the client
	 * @param factory opens the store
	 * @param target takes what is read
	 */
	Journal(String client, OutboxStoreFactory factory, Target target) {
		this.client = client;
		this.factory = factory;
		this.target = target;
	}

	/**
	 * Return whether the store was read, so that {@link #load()} would not block.
	 * @return whether it was
	 */
	synchronized boolean isLoaded() {
		return this.loaded != null && this.loaded.isDone();
	}

	/**
	 * Open and read the store, if that is not done. Blocks.
	 * @return the store
	 * @throws IOException if it cannot be opened or read, or must not be after
	 * {@link #release()}
	 */
	OutboxStore load() throws IOException {
		CompletableFuture<OutboxStore> mine = new CompletableFuture<>();
		CompletableFuture<Void> before;
		CompletableFuture<OutboxStore> known;
		synchronized (this) {
			if (this.shut) {
				throw new IOException("the store is closed");
			}
			known = this.loaded;
			before = this.released;
			if (known == null) {
				this.loaded = mine;
			}
		}
		if (known != null) {
			return await(known);
		}
		before.join();
		try {
			OutboxStore store = this.retained;
			if (store == null) {
				store = this.factory.open(this.client);
				this.retained = store;
			}
			read(store);
			this.failure = null;
			mine.complete(store);
			return store;
		}
		catch (Throwable ex) {
			this.failure = ex.getMessage();
			forget(mine);
			mine.completeExceptionally(ex);
			throw ex;
		}
	}

	private synchronized void forget(CompletableFuture<OutboxStore> load) {
		if (this.loaded == load) {
			this.loaded = null;
		}
	}

	private void read(OutboxStore store) throws IOException {
		List<OutboxRecord> records = new ArrayList<>();
		long[] used = new long[1];
		store.recover((record) -> {
			if (record.position() == RESERVATION) {
				used[0] = ByteBuffer.wrap(record.content()).getLong();
			}
			else {
				records.add(record);
				this.position.accumulateAndGet(record.position(), Math::max);
			}
		});
		if (used[0] < this.reserved) {
			reserve(this.reserved);
		}
		this.target.accept(used[0], records);
	}

	/**
	 * Keep a message. Blocks until it is committed.
	 * @param record makes the record at a position
	 * @return the position
	 * @throws IOException if it is not kept
	 */
	long append(LongFunction<OutboxRecord> record) throws IOException {
		OutboxStore store = load();
		long position = this.position.incrementAndGet();
		await(store.append(List.of(record.apply(position))));
		return position;
	}

	/**
	 * Replace a record. Does not block: if it fails, the older one stays.
	 * @param record the record
	 */
	void replace(OutboxRecord record) {
		OutboxStore store = this.retained;
		if (store != null) {
			store.append(List.of(record));
		}
	}

	/**
	 * Keep the end of the ids in use. Does not block: it is kept before what follows.
	 * @param end the end
	 */
	void reserve(long end) {
		this.reserved = end;
		replace(new OutboxRecord(RESERVATION, ByteBuffer.allocate(Long.BYTES).putLong(end).array()));
	}

	/**
	 * Forget records. Does not block.
	 * @param positions their positions
	 * @return {@code false} if the store is closed, and keeps them
	 */
	boolean remove(long... positions) {
		OutboxStore store = this.retained;
		if (store != null && positions.length > 0) {
			store.remove(positions);
		}
		return store != null;
	}

	/** The messages are forgotten here: read them again before the next one is sent. */
	synchronized void unload() {
		CompletableFuture<OutboxStore> load = this.loaded;
		if (load != null) {
			load.whenComplete((store, failure) -> forget(load));
		}
	}

	/**
	 * Keep the store closed from now on until {@link #reopen()}. Does not block.
	 * @return waits for who uses the store, and closes it if it is open; blocks, and a
	 * {@link #load()} after {@link #reopen()} waits for it
	 */
	Runnable release() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		CompletableFuture<?> load;
		CompletableFuture<Void> before;
		synchronized (this) {
			this.shut = true;
			before = this.released;
			load = this.loaded;
			this.released = done;
			this.loaded = null;
		}
		return () -> close(before, load, done);
	}

	private void close(CompletableFuture<Void> before, @Nullable CompletableFuture<?> load,
			CompletableFuture<Void> done) {
		try {
			before.join();
			if (load != null) {
				load.handle((store, failure) -> null).join();
			}
			OutboxStore store = this.retained;
			this.retained = null;
			if (store != null) {
				store.close();
			}
		}
		finally {
			done.complete(null);
		}
	}

	/** The store may be opened again. */
	synchronized void reopen() {
		this.shut = false;
	}

	@Nullable String problem() {
		OutboxStore store = this.retained;
		String problem = this.failure;
		return (problem == null && store != null) ? store.getProblem() : problem;
	}

	private static <T> T await(CompletableFuture<T> future) throws IOException {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			Throwable failure = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new IOException(failure.getMessage(), failure);
		}
	}

	/**
	 * Takes what a store kept.
	 */
	interface Target {

		/**
		 * Take it all.
		 * @param reserved the end of the ids in use; 0 if none was kept
		 * @param records the messages, in order
		 * @throws IOException if a record is not understood
		 */
		void accept(long reserved, List<OutboxRecord> records) throws IOException;

	}

}
