package io.github.resilientws;

/**
 * Receives the messages of a client. Heartbeat answers, acknowledgements and answers to
 * session steps are taken out before.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebSocketMessageListener {

	/**
	 * Handle a message. Called on a callback thread of the client, one message at a time,
	 * in order, never on a transport thread. A listener may block; once the inbound
	 * buffer is full, the client stops reading from the socket. An exception goes to the
	 * {@link WebSocketListenerErrorHandler}, and the next message follows.
	 * @param message the message
	 */
	void onMessage(InboundMessage message);

}
