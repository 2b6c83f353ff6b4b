package io.github.resilientws;

/**
 * Handles the failure of a listener, or of the conversion for it. The default writes one
 * WARN without payload and exception text.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebSocketListenerErrorHandler {

	/**
	 * Handle a failure. Called on the callback thread of the client's listeners; the next
	 * message follows afterwards. If a listener's {@code CompletionStage} failed that was
	 * to answer a question, called on the callback thread that completes futures.
	 * @param client name of the client
	 * @param message the message that could not be handled
	 * @param failure the exception
	 */
	void handle(String client, InboundMessage message, Throwable failure);

}
