package io.github.resilientws.benchmarks;

/**
 * A store to measure. Called by several threads.
 */
interface MeasuredStore {

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

	void close();

}
