package io.github.resilientws.internal.outbox;

/**
 * Monitors whether the messages of one connection are delivered in time. Called on the
 * client's executor.
 */
public interface DeliveryMonitor {

	/** Monitors nothing. */
	DeliveryMonitor NONE = new DeliveryMonitor() {

		@Override
		public void start() {
		}

		@Override
		public void onRead() {
		}

		@Override
		public void readable(boolean readable) {
		}

		@Override
		public void writable(boolean writable) {
		}

	};

	/** Messages go to this connection from now on. */
	void start();

	/**
	 * Something was read, or the heartbeat has changed: perhaps the peer is known to
	 * live.
	 */
	void onRead();

	/**
	 * Reading was resumed or suspended.
	 * @param readable whether the connection is read
	 */
	void readable(boolean readable);

	/**
	 * The socket takes bytes again, or none.
	 * @param writable whether it takes some
	 */
	void writable(boolean writable);

}
