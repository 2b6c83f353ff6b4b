package io.github.resilientws.internal.connection;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxFlow;
import io.github.resilientws.internal.subscription.SubscriptionRegistry;

/**
 * The outbound and inbound components of a client, which outlive its connections.
 *
 * @param flow moves outbound messages to a connection
 * @param deliveryMode handles the results of writes
 * @param acknowledgements receives acknowledgements
 * @param inbound passes messages to listeners
 * @param subscriptions subscriptions of the application, or {@code null} without
 * {@code subscription.send}
 * @param statistics counts messages
 */
public record MessagePaths(OutboxFlow flow, DeliveryMode deliveryMode, AcknowledgementHandler acknowledgements,
		InboundDispatcher inbound, @Nullable SubscriptionRegistry subscriptions, Statistics statistics) {

	/**
	 * Return the outbound messages.
	 * @return the outbox
	 */
	public Outbox outbox() {
		return this.flow.outbox();
	}

}
