package io.github.resilientws.event;

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
	 * Return the the message.
	 * @return a {@code String} or a read-only {@code ByteBuffer}
	 */
	public Object getPayload() {
		return this.payload;
	}

}
