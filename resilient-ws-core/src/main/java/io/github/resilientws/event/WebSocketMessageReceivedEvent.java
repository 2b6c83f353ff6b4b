package io.github.resilientws.event;

import java.nio.ByteBuffer;

/**
 * A message was received. Heartbeat answers, acknowledgements and answers to session
 * steps are not published. Published on the callback thread of the client's listeners.
 *
 * @since 0.1
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
	 * @return a {@code String}, or a read-only {@code ByteBuffer} that is a new view per
	 * call
	 */
	public Object getPayload() {
		// a view per call: a listener must not move the position for the next one
		return (this.payload instanceof ByteBuffer bytes) ? bytes.asReadOnlyBuffer() : this.payload;
	}

}
