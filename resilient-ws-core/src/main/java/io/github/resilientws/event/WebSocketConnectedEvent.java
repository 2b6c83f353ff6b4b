package io.github.resilientws.event;

/**
 * The opening handshake is done; session steps follow.
 */
public class WebSocketConnectedEvent extends WebSocketClientEvent {

	/**
	 * Create an event.
	 * @param clientName name of the client
	 */
	public WebSocketConnectedEvent(String clientName) {
		super(clientName);
	}

}
