package io.github.resilientws;

/**
 * Receives the messages of a client that no protocol rule took out.
 */
@FunctionalInterface
public interface WebSocketMessageListener {

	/**
	 * Handle a message. Called on the client's listener lane: one message at a time, in
	 * order, never on a transport thread. It may block; the client then stops reading
	 * from the socket once its inbound buffer is full. What it throws goes to the
	 * {@link WebSocketListenerErrorHandler}; the next message follows.
	 * @param message the message
	 */
	void onMessage(InboundMessage message);

}
