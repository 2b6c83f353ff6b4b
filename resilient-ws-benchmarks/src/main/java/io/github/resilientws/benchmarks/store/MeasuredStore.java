package io.github.resilientws.benchmarks.store;

/**
 * A store to measure. Called by several threads.
 */
public interface MeasuredStore {

	/**
	 * Keep bytes. Blocks until they are committed.
	 * @param content the bytes
	 * @return their position
	 */
	long append(byte[] content);

	/**
	 * Remove records. Does not block.
	 * @param positions their positions
	 */
	void remove(long[] positions);

	/**
	 * Close the store.
	 */
	void close();

}
