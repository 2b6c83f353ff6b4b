package io.github.resilientws.event;

import io.github.resilientws.DisconnectCause;

/**
 * A connection whose handshake was done has ended. Published once per connection,
 * whatever the cause.
 *
 * @since 0.1
 */
public class WebSocketDisconnectedEvent extends WebSocketClientEvent {

	private final transient DisconnectCause cause;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param cause why it ended
	 */
	public WebSocketDisconnectedEvent(String clientName, DisconnectCause cause) {
		super(clientName);
		this.cause = cause;
	}

	/**
	 * Return the cause.
	 * @return why it ended
	 */
	public DisconnectCause getCause() {
		return this.cause;
	}

}
