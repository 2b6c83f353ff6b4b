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

	/** Messages are sent over this connection from now on. */
	void start();

	/**
	 * Input arrived or the heartbeat changed, so the peer may be known to be alive.
	 */
	void onRead();

	/**
	 * Reading was resumed or suspended.
	 * @param readable whether the connection is read
	 */
	void readable(boolean readable);

	/**
	 * The socket became writable or stopped being writable.
	 * @param writable whether it takes bytes
	 */
	void writable(boolean writable);

}
