package io.github.resilientws.internal.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.internal.persistence.RecordConverter;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.SharedOutboxStoreFactory;

/**
 * The store of one client that other instances share, open until it is closed. May be
 * used by any thread.
 */
public final class SharedStoreHandle {

	private final String client;

	private final SharedOutboxStoreFactory factory;

	private final StoreSettings settings;

	private final RecordConverter converter;

	// written by the client's executor, except the first time
	private volatile @Nullable SharedOutboxStore store;

	/**
	 * Create a handle of an open store.
	 * @param client name of the client
	 * @param factory opens the store
	 * @param settings settings of the store
	 * @param converter converts messages
	 */
	public SharedStoreHandle(String client, SharedOutboxStoreFactory factory, StoreSettings settings,
			RecordConverter converter) {
		this.client = client;
		this.factory = factory;
		this.settings = settings;
		this.converter = converter;
		this.store = open();
	}

	public RecordConverter converter() {
		return this.converter;
	}

	/**
	 * Return the store.
	 * @return the store
	 * @throws IOException if it is closed
	 */
	public SharedOutboxStore store() throws IOException {
		SharedOutboxStore current = this.store;
		if (current == null) {
			throw new IOException("the store is closed");
		}
		return current;
	}

	/**
	 * Return the store.
	 * @return the store, or {@code null} if it is closed
	 */
	public @Nullable SharedOutboxStore storeOrNull() {
		return this.store;
	}

	/** Open the store again, if it is closed. */
	public void reopen() {
		if (this.store == null) {
			this.store = open();
		}
	}

	private SharedOutboxStore open() {
		return this.factory.open(this.client, this.settings, this.converter.clock());
	}

	/**
	 * Close the store.
	 * @return executes what the store was given before; blocks
	 */
	public Runnable close() {
		SharedOutboxStore closed = this.store;
		this.store = null;
		Duration timeout = this.settings.storeTimeout();
		return (closed != null) ? () -> closed.close(timeout) : () -> {
		};
	}

	/**
	 * Wait for an answer of the store, at most for {@code queue.store-timeout}.
	 * @param <T> type of the answer
	 * @param answer the answer
	 * @return the answer
	 * @throws IOException if the store fails, or does not answer in time
	 */
	public <T> T await(CompletableFuture<T> answer) throws IOException {
		try {
			return answer.get(this.settings.storeTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = causeOf(ex);
			throw (cause instanceof IOException known) ? known
					: new IOException(FailureDescription.describe(cause), cause);
		}
		catch (TimeoutException ex) {
			throw new IOException(
					"the store did not answer within queue.store-timeout of " + this.settings.storeTimeout());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while waiting for the store");
		}
	}

	/**
	 * Reserve numbers for ids. Blocks.
	 * @param atLeast the smallest number allowed
	 * @param count how many
	 * @return the first of them
	 * @throws UncheckedIOException if they cannot be reserved: other instances may use
	 * them
	 */
	public long reserveIds(long atLeast, int count) {
		try {
			return await(store().reserveIds(atLeast, count));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a description of the problem with the store.
	 * @return a sentence for people, or {@code null} if the store works
	 */
	public @Nullable String problem() {
		SharedOutboxStore current = this.store;
		return (current != null) ? current.getProblem() : null;
	}

	/**
	 * Return how many messages of the line cannot be read here.
	 * @return number of messages
	 */
	public int unread() {
		SharedOutboxStore current = this.store;
		return (current != null) ? current.getUnread() : 0;
	}

	/**
	 * Return the failure of a future.
	 * @param failure the failure as the future reports it
	 * @return the failure itself
	 */
	public static Throwable causeOf(Throwable failure) {
		Throwable cause = failure.getCause();
		return ((failure instanceof ExecutionException || failure instanceof CompletionException) && cause != null)
				? causeOf(cause) : failure;
	}

}
