package io.github.resilientws.internal.persistence;

import java.io.IOException;

import io.github.resilientws.cluster.Ownership;

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

	/**
	 * Return whether other instances share the store, so that messages that are not sent
	 * remain for the next owner of the line.
	 * @return whether they do
	 */
	default boolean isShared() {
		return false;
	}

	/**
	 * This instance owns the line: read the messages of a shared store.
	 * @param ownership the ownership
	 */
	default void own(Ownership ownership) {
		// a store of this instance is read when it is opened
	}

	/** Read no more messages of a shared store. */
	default void hold() {
		// a store of this instance was read when it was opened
	}

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
