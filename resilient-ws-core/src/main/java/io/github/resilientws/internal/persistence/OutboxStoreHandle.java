package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;
import io.github.resilientws.store.OutboxStoreFactory;

/**
 * The store of one client. It is read by the first thread that needs it, and again after
 * the client was closed or gave up. May be used by any thread.
 */
public final class OutboxStoreHandle {

	private static final Target NO_TARGET = (records) -> {
		throw new IOException("the client is not complete");
	};

	private final String client;

	private final OutboxStoreFactory factory;

	// written before the first load
	private Target target = NO_TARGET;

	// guarded by this: set by the thread that opens the store; other threads wait for it
	private @Nullable CompletableFuture<OutboxStore> loading;

	// guarded by this: the next thread that opens the store waits for it
	private CompletableFuture<?> ended = CompletableFuture.completedFuture(null);

	// written under this: open and read
	private volatile @Nullable OutboxStore current;

	// guarded by this
	private boolean released;

	// text of the last failure
	private volatile @Nullable String failure;

	// open, but possibly to be read again; written by the thread that opens or releases
	// the store
	private volatile @Nullable OutboxStore retained;

	/**
	 * Create a handle of a store that is not open.
	 * @param client name of the client
	 * @param factory opens the store
	 */
	public OutboxStoreHandle(String client, OutboxStoreFactory factory) {
		this.client = client;
		this.factory = factory;
	}

	/**
	 * Set the target of records that are read. Called once, before the first
	 * {@link #load()}.
	 * @param target receives the records
	 */
	public void setTarget(Target target) {
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
			if (this.released) {
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
			if (store == null) {
				throw new IOException("its factory returned null");
			}
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
		List<PositionedRecord> records = new ArrayList<>();
		store.recover((record, position) -> records.add(new PositionedRecord(position, record)));
		this.target.accept(records);
	}

	/**
	 * Store a message. Blocks until it is committed.
	 * @param message the message
	 * @return its position
	 * @throws IOException if it is not stored
	 */
	public long append(OutboxRecord message) throws IOException {
		OutboxStore store = load();
		try {
			return await(store.append(List.of(message)))[0];
		}
		catch (RuntimeException | LinkageError ex) {
			// a store may be user code
			throw new IOException(describe(ex), ex);
		}
	}

	/**
	 * Replace a message by its dead letter. Does not block. If it fails, the message
	 * remains.
	 * @param position position of the message
	 * @param deadLetter the dead letter
	 */
	public void end(long position, OutboxRecord deadLetter) {
		tryRun((store) -> store.end(position, deadLetter));
	}

	/**
	 * Reserve numbers for ids. Waits for the store; the reservation is stored before
	 * later records.
	 * @param atLeast the smallest number allowed
	 * @param count how many
	 * @return the first of them
	 */
	public long reserveIds(long atLeast, int count) {
		AtomicLong first = new AtomicLong(atLeast);
		tryRun((store) -> first.set(store.reserveIds(atLeast, count).join()));
		return first.get();
	}

	/**
	 * Remove records. Does not block.
	 * @param positions their positions
	 * @return {@code false} if the store is closed and still holds them
	 */
	public boolean remove(long... positions) {
		return positions.length == 0 || tryRun((store) -> store.remove(positions));
	}

	// the caller must continue, even if a user's store throws
	private boolean tryRun(Consumer<OutboxStore> request) {
		OutboxStore store = this.retained;
		if (store == null) {
			return false;
		}
		try {
			request.accept(store);
			this.failure = null;
		}
		catch (Throwable ex) {
			this.failure = describe(ex);
		}
		return true;
	}

	/** The outbox is empty: read the store again before the next message. */
	public synchronized void unload() {
		this.current = null;
		this.ended = endOfAll();
		this.loading = null;
	}

	/**
	 * Keep the store closed from now on until {@link #reopen()}. Does not block.
	 * @return waits for threads that open the store, and closes it; blocks, and a
	 * {@link #load()} after {@link #reopen()} waits for it
	 */
	public Runnable release() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		CompletableFuture<?> before;
		synchronized (this) {
			this.released = true;
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
	 * Run a task when the store is closed, if it is being closed, otherwise at once.
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
		catch (Throwable ex) {
			this.failure = describe(ex);
		}
	}

	/** The store may be opened again. */
	public synchronized void reopen() {
		this.released = false;
	}

	/**
	 * Return a description of the problem with the store.
	 * @return a sentence for people, or {@code null} if the store works
	 */
	public @Nullable String problem() {
		OutboxStore store = this.retained;
		String problem = this.failure;
		if (problem != null || store == null) {
			return problem;
		}
		try {
			return store.getProblem();
		}
		catch (RuntimeException ex) {
			return describe(ex);
		}
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

	// the text of an exception that the store did not expect may quote a message
	private static String describe(Throwable failure) {
		return (failure instanceof IOException && failure.getMessage() != null) ? failure.getMessage()
				: FailureDescription.describe(failure);
	}

	/**
	 * Receives the records of a store.
	 */
	@FunctionalInterface
	public interface Target {

		/**
		 * Receive all records.
		 * @param records the records, in order
		 */
		void accept(List<PositionedRecord> records) throws IOException;

	}

}
