package io.github.resilientws.internal.session;

import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.heartbeat.ToldHeartbeat;
import io.github.resilientws.internal.request.PendingReplies;

/**
 * The receivers of protocol messages of one connection, in the order in which they are
 * asked.
 *
 * @param heartbeat the heartbeat of the connection
 * @param replies texts that have no reply yet
 * @param acknowledgements receives acknowledgements
 * @param steps the session steps
 * @param listener notified of messages that end the connection
 */
public record ProtocolReceivers(ToldHeartbeat heartbeat, PendingReplies replies,
		AcknowledgementHandler acknowledgements, SessionSteps steps, SessionListener listener) {

}
