package io.github.resilientws.event;

import java.nio.ByteBuffer;

/**
 * A message was received that no protocol rule took out. Published on the listener lane.
 */
public class WebSocketMessageReceivedEvent extends WebSocketClientEvent {

	private final transient Object payload;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param payload the message
	 */
	public WebSocketMessageReceivedEvent(String clientName, Object payload) {
		super(clientName);
		this.payload = payload;
	}

	/**
	 * Return the message.
	 * @return a {@code String} or a read-only {@code ByteBuffer}, a view of its own for
	 * each call
	 */
	public Object getPayload() {
		// a view each: one listener must not move the position for the next
		return (this.payload instanceof ByteBuffer bytes) ? bytes.asReadOnlyBuffer() : this.payload;
	}

}
