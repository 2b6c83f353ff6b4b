package io.github.resilientws.internal.connection;

import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxFlow;

/**
 * The outbound and inbound components of a client, which outlive its connections.
 *
 * @param outbox outbound messages
 * @param flow moves them to a connection
 * @param deliveryMode handles the results of writes
 * @param acknowledgements receives acknowledgements
 * @param inbound passes messages to listeners
 * @param statistics counts messages
 */
public record MessagePaths(Outbox outbox, OutboxFlow flow, DeliveryMode deliveryMode,
		AcknowledgementHandler acknowledgements, InboundDispatcher inbound, Statistics statistics) {

}
