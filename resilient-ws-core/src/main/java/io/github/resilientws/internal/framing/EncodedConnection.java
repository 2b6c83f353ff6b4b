package io.github.resilientws.internal.framing;

import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * A connection, and the encoder of the messages that are written to it. Each message is
 * encoded before it is part of a write, so that one that cannot be encoded concerns no
 * other.
 *
 * @param socket the connection
 * @param encoder the encoder
 */
public record EncodedConnection(WebSocketConnection socket, FrameEncoder encoder) {

	/**
	 * Create a connection whose messages are written as they are.
	 * @param socket the connection
	 * @return the connection
	 */
	public static EncodedConnection plain(WebSocketConnection socket) {
		return new EncodedConnection(socket, FrameEncoder.NONE);
	}

	/**
	 * Return a copy that guards the listeners of its writes.
	 * @param failures receives failures of our own code
	 * @return the copy
	 */
	public EncodedConnection guarded(InternalFailures failures) {
		return new EncodedConnection(failures.guard(this.socket), this.encoder);
	}

	/**
	 * Encode a message. Called on the client's executor, right before it is written.
	 * @param message the message
	 * @return what to write in its place
	 * @throws MessageRefusedException if it cannot be encoded
	 */
	public OutboundPayload encode(OutboundPayload message) throws MessageRefusedException {
		return this.encoder.encode(message);
	}

}
