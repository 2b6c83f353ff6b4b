package io.github.resilientws.event;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * A message was rejected, dropped or expired.
 *
 * @since 0.1
 */
public class WebSocketMessageDroppedEvent extends WebSocketClientEvent {

	private final String messageId;

	private final Reason reason;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param messageId id of the message
	 * @param reason why: {@code REJECTED}, {@code DROPPED} or {@code EXPIRED}
	 */
	public WebSocketMessageDroppedEvent(String clientName, String messageId, Reason reason) {
		super(clientName);
		this.messageId = messageId;
		this.reason = reason;
	}

	/**
	 * Return the id of the message.
	 * @return id of the message
	 */
	public String getMessageId() {
		return this.messageId;
	}

	/**
	 * Return the reason.
	 * @return why: {@code REJECTED}, {@code DROPPED} or {@code EXPIRED}
	 */
	public Reason getReason() {
		return this.reason;
	}

}
