package io.github.resilientws.internal.session;

import io.github.resilientws.internal.answer.ConnectionQuestions;
import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.heartbeat.ToldHeartbeat;
import io.github.resilientws.internal.subscription.ConnectionSubscriptions;

/**
 * The receivers of protocol messages of one connection.
 *
 * @param heartbeat the heartbeat of the connection
 * @param acknowledgements receives acknowledgements
 * @param steps the session steps
 * @param listener notified of messages that end the connection
 * @param subscriptions the subscriptions, which also know the texts without a reply
 * @param questions passes questions on to the listeners
 */
public record ProtocolReceivers(ToldHeartbeat heartbeat, AcknowledgementHandler acknowledgements, SessionSteps steps,
		SessionListener listener, ConnectionSubscriptions subscriptions, ConnectionQuestions questions) {

}
