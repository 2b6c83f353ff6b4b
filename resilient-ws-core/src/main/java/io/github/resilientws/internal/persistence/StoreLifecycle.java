package io.github.resilientws.internal.persistence;

import java.io.IOException;

/**
 * Opens and closes the store of a client. {@link #load()} may be called by any thread,
 * the other methods on the client's executor.
 */
public interface StoreLifecycle {

	/** A client without a store. */
	StoreLifecycle NONE = new StoreLifecycle() {

		@Override
		public boolean isLoaded() {
			return true;
		}

		@Override
		public void load() {
		}

		@Override
		public void reopen() {
		}

		@Override
		public void unload() {
		}

		@Override
		public void release(Runnable afterwards) {
			afterwards.run();
		}

		@Override
		public void whenReleased(Runnable task) {
			task.run();
		}

	};

	/**
	 * Return whether the messages of the store are in the outbox, so that {@link #load()}
	 * does not block.
	 * @return whether they are
	 */
	boolean isLoaded();

	/**
	 * Open and read the store, if that is not done. Blocks.
	 * @throws IOException if it cannot be opened or read, or was released
	 */
	void load() throws IOException;

	/** The store may be opened again after {@link #release}. */
	void reopen();

	/** The outbox is empty: read the store again before the next message. */
	void unload();

	/**
	 * Close the store, on a thread that may block, and keep it closed until
	 * {@link #reopen()}.
	 * @param afterwards runs when it is closed, on any thread
	 */
	void release(Runnable afterwards);

	/**
	 * Run a task after a release in progress, otherwise at once.
	 * @param task the task, which runs on any thread
	 */
	void whenReleased(Runnable task);

}
