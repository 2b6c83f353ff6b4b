package io.github.resilientws.internal.outbox;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Requests that were sent and have no reply yet. Called on the client's executor.
 */
public interface AwaitedReplies {

	/** The client sends no requests. */
	AwaitedReplies NONE = new AwaitedReplies() {

		@Override
		public boolean isEmpty() {
			return true;
		}

		@Override
		public void endAll(Reason reason, String detail) {
			// there are none
		}

	};

	/**
	 * Return whether all requests are answered.
	 * @return whether no reply is awaited
	 */
	boolean isEmpty();

	/**
	 * Fail all of them.
	 * @param reason the reason
	 * @param detail explanation for a reader
	 */
	void endAll(Reason reason, String detail);

}
