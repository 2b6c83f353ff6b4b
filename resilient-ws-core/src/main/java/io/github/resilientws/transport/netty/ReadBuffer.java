package io.github.resilientws.transport.netty;

/**
 * The array in which an event loop decodes what a channel read, until the next read.
 * Confined to that event loop.
 */
final class ReadBuffer {

	// the most that Netty reads at once
	private static final int SIZE = 64 * 1024;

	private byte[] bytes = {};

	/**
	 * Return the array, created by the first read: a loop without connections needs none.
	 * @return the array
	 */
	byte[] bytes() {
		if (this.bytes.length == 0) {
			this.bytes = new byte[SIZE];
		}
		return this.bytes;
	}

}
