package io.github.resilientws.event;

/**
 * The client was closed by the application.
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
