package io.github.resilientws.event;

/**
 * The application closed the client.
 *
 * @since 0.1
 */
public class WebSocketClosedEvent extends WebSocketClientEvent {

	/**
	 * Create an event.
	 * @param clientName name of the client
	 */
	public WebSocketClosedEvent(String clientName) {
		super(clientName);
	}

}
