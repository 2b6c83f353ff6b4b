package io.github.resilientws;

/**
 * Told when a listener or the conversion for it failed. The default writes one WARN
 * without payload and exception text.
 */
@FunctionalInterface
public interface WebSocketListenerErrorHandler {

	/**
	 * Handle a failure. Called on the client's listener lane.
	 * @param client name of the client
	 * @param message the message that could not be handled
	 * @param failure what was thrown
	 */
	void handle(String client, InboundMessage message, Throwable failure);

}
