package io.github.resilientws.internal.persistence;

import java.io.IOException;

import io.github.resilientws.internal.execution.CallbackThreads;

/**
 * Opens and closes the store of one client.
 */
public final class ClientStore implements StoreLifecycle {

	private final OutboxStoreHandle handle;

	private final CallbackThreads threads;

	/**
	 * Create the lifecycle of a store.
	 * @param handle the store
	 * @param threads threads that may block
	 */
	public ClientStore(OutboxStoreHandle handle, CallbackThreads threads) {
		this.handle = handle;
		this.threads = threads;
	}

	@Override
	public boolean isLoaded() {
		return this.handle.isLoaded();
	}

	@Override
	public void load() throws IOException {
		this.handle.load();
	}

	@Override
	public void reopen() {
		this.handle.reopen();
	}

	@Override
	public void unload() {
		this.handle.unload();
	}

	@Override
	public void release(Runnable afterwards) {
		// starts here: a connect() that follows must find the store closed
		this.threads.executeLast(this.handle.release(), afterwards);
	}

	@Override
	public void whenReleased(Runnable task) {
		this.handle.whenReleased(task);
	}

}
