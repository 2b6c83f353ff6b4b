package io.github.resilientws.event;

/**
 * The opening handshake is done (RFC 6455, section 4); session steps follow.
 *
 * @since 0.1
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
