package io.github.resilientws.event;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.SubscriptionStatus;

/**
 * A subscription was refused, has ended, or was not confirmed in time.
 *
 * @since 0.1
 */
public class WebSocketSubscriptionEvent extends WebSocketClientEvent {

	private final String destination;

	private final SubscriptionStatus status;

	private final transient @Nullable InboundMessage reply;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param destination destination of the subscription
	 * @param status what happened
	 * @param reply message of the server that refused or ended it, or {@code null}
	 */
	public WebSocketSubscriptionEvent(String clientName, String destination, SubscriptionStatus status,
			@Nullable InboundMessage reply) {
		super(clientName);
		this.destination = destination;
		this.status = status;
		this.reply = reply;
	}

	/**
	 * Return the destination of the subscription.
	 * @return the destination
	 */
	public String getDestination() {
		return this.destination;
	}

	/**
	 * Return what happened.
	 * @return what happened
	 */
	public SubscriptionStatus getStatus() {
		return this.status;
	}

	/**
	 * Return the message of the server that refused or ended the subscription.
	 * @return the message, or {@code null} if there is none
	 */
	public @Nullable InboundMessage getReply() {
		return this.reply;
	}

}
