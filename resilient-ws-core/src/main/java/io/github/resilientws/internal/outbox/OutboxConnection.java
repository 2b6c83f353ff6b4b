package io.github.resilientws.internal.outbox;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * The connection to which the outbox hands over its messages. Called on the client's
 * executor.
 */
public interface OutboxConnection {

	/**
	 * Return the connection of the transport.
	 * @return the connection
	 */
	WebSocketConnection socket();

	/**
	 * Return whether a message may be handed over now.
	 * @param entry the first waiting message
	 * @return {@code false} if it has to wait, and those behind it
	 */
	boolean accepts(OutboxEntry entry);

	/**
	 * Encode a message for this connection, to which it is written at once.
	 * @param entry the message
	 * @return what to write
	 * @throws MessageRefusedException if it cannot be rendered or encoded
	 */
	OutboundPayload encode(OutboxEntry entry) throws MessageRefusedException;

}
