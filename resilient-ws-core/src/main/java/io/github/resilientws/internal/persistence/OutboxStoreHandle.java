package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;
import io.github.resilientws.store.OutboxStoreFactory;

/**
 * Keeps the outbox of one client in a store. The store is read by whoever needs it first,
 * and again after the client was closed or gave up.
 */
public final class OutboxStoreHandle {

	/** The end of the ids in use, not a message. */
	private static final long RESERVATION = 0;

	private final String client;

	private final OutboxStoreFactory factory;

	private final Target target;

	private final AtomicLong position = new AtomicLong(RESERVATION);

	// guarded by this: set by whoever opens, others wait for it
	private @Nullable CompletableFuture<OutboxStore> loading;

	// guarded by this: what the next one that opens has to wait for
	private CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

	// written under this: open and read
	private volatile @Nullable OutboxStore current;

	// guarded by this
	private boolean shut;

	private final AtomicLong reserved = new AtomicLong();

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
	public OutboxStoreHandle(String client, OutboxStoreFactory factory, Target target) {
		this.client = client;
		this.factory = factory;
		this.target = target;
	}

	/**
	 * Return whether the store was read, so that {@link #load()} would not block.
	 * @return whether it was
	 */
	public boolean isLoaded() {
		return this.current != null;
	}

	/**
	 * Open and read the store, if that is not done. Blocks.
	 * @return the store
	 * @throws IOException if it cannot be opened or read, or must not be after
	 * {@link #release()}
	 */
	public OutboxStore load() throws IOException {
		OutboxStore known = this.current;
		return (known != null) ? known : await(loading());
	}

	private CompletableFuture<OutboxStore> loading() throws IOException {
		CompletableFuture<OutboxStore> mine = new CompletableFuture<>();
		CompletableFuture<?> before;
		synchronized (this) {
			if (this.shut) {
				throw new IOException("the store is closed");
			}
			OutboxStore known = this.current;
			if (known != null) {
				return CompletableFuture.completedFuture(known);
			}
			if (this.loading != null) {
				return this.loading;
			}
			this.loading = mine;
			before = this.ended;
		}
		before.join();
		try {
			OutboxStore store = openAndRead();
			this.failure = null;
			loaded(mine, store);
			mine.complete(store);
		}
		catch (Throwable ex) {
			this.failure = describe(ex);
			loaded(mine, null);
			mine.completeExceptionally(ex);
		}
		return mine;
	}

	private OutboxStore openAndRead() throws IOException {
		OutboxStore store = this.retained;
		if (store == null) {
			store = this.factory.open(this.client);
			this.retained = store;
		}
		try {
			read(store);
			return store;
		}
		catch (Throwable ex) {
			this.retained = null;
			close(store);
			throw ex;
		}
	}

	private synchronized void loaded(CompletableFuture<OutboxStore> load, @Nullable OutboxStore store) {
		if (this.loading == load) {
			this.loading = null;
			this.current = store;
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
		if (used[0] < this.reserved.get()) {
			reserve(used[0]);
		}
		this.target.accept(used[0], records);
	}

	/**
	 * Keep a message. Blocks until it is committed.
	 * @param record makes the record at a position
	 * @return the position
	 * @throws IOException if it is not kept
	 */
	public long append(LongFunction<OutboxRecord> record) throws IOException {
		OutboxStore store = load();
		long position = this.position.incrementAndGet();
		try {
			await(store.append(List.of(record.apply(position))));
		}
		catch (RuntimeException ex) {
			// a store may be the user's
			throw new IOException(describe(ex), ex);
		}
		return position;
	}

	/**
	 * Replace a record. Does not block: if it fails, the older one stays.
	 * @param record the record
	 */
	public void replace(OutboxRecord record) {
		ask((store) -> store.append(List.of(record)));
	}

	/**
	 * Keep the end of the ids in use. Does not block: it is kept before what follows.
	 * @param end the end
	 */
	public void reserve(long end) {
		long most = this.reserved.accumulateAndGet(end, Math::max);
		replace(new OutboxRecord(RESERVATION, ByteBuffer.allocate(Long.BYTES).putLong(most).array()));
	}

	/**
	 * Forget records. Does not block.
	 * @param positions their positions
	 * @return {@code false} if the store is closed, and keeps them
	 */
	public boolean remove(long... positions) {
		return positions.length == 0 || ask((store) -> store.remove(positions));
	}

	// whoever asks must go on, whatever a user's store throws
	private boolean ask(Consumer<OutboxStore> request) {
		OutboxStore store = this.retained;
		if (store == null) {
			return false;
		}
		try {
			request.accept(store);
			this.failure = null;
		}
		catch (RuntimeException ex) {
			this.failure = describe(ex);
		}
		return true;
	}

	/** The messages are forgotten here: read them again before the next one is sent. */
	public synchronized void unload() {
		this.current = null;
		this.ended = endOfAll();
		this.loading = null;
	}

	/**
	 * Keep the store closed from now on until {@link #reopen()}. Does not block.
	 * @return waits for who uses the store, and closes it if it is open; blocks, and a
	 * {@link #load()} after {@link #reopen()} waits for it
	 */
	public Runnable release() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		CompletableFuture<?> before;
		synchronized (this) {
			this.shut = true;
			this.current = null;
			before = endOfAll();
			this.ended = done;
			this.loading = null;
		}
		return () -> {
			try {
				before.join();
				OutboxStore store = this.retained;
				this.retained = null;
				if (store != null) {
					close(store);
				}
			}
			finally {
				done.complete(null);
			}
		};
	}

	/**
	 * Do something when the store is closed, if it is being closed.
	 * @param task the task
	 */
	public void whenReleased(Runnable task) {
		CompletableFuture<?> end;
		synchronized (this) {
			end = this.ended;
		}
		end.whenComplete((result, failure) -> task.run());
	}

	private CompletableFuture<?> endOfAll() {
		CompletableFuture<?> load = this.loading;
		return (load != null) ? CompletableFuture.allOf(this.ended, load.handle((store, failure) -> null)) : this.ended;
	}

	private void close(OutboxStore store) {
		try {
			store.close();
		}
		catch (RuntimeException ex) {
			this.failure = describe(ex);
		}
	}

	/** The store may be opened again. */
	public synchronized void reopen() {
		this.shut = false;
	}

	public @Nullable String problem() {
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
			if (failure instanceof IOException known) {
				throw known;
			}
			throw new IOException(describe(failure), failure);
		}
	}

	private static String describe(Throwable failure) {
		return (failure instanceof IOException && failure.getMessage() != null) ? failure.getMessage()
				: failure.toString();
	}

	/**
	 * Takes what a store kept.
	 */
	public interface Target {

		/**
		 * Take it all.
		 * @param reserved the end of the ids in use; 0 if none was kept
		 * @param records the messages, in order
		 * @throws IOException if a record is not understood
		 */
		void accept(long reserved, List<OutboxRecord> records) throws IOException;

	}

}
