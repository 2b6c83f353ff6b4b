package io.github.resilientws.event;

import io.github.resilientws.DeadLetter;

/**
 * A message became a dead letter: the client gave it up although its arrival is
 * uncertain.
 *
 * @since 0.1
 */
public class WebSocketDeadLetterEvent extends WebSocketClientEvent {

	private final String messageId;

	private final int attempts;

	private final DeadLetter.Cause cause;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param messageId id of the message
	 * @param attempts how often its bytes were handed to a transport
	 * @param cause why it was given up
	 */
	public WebSocketDeadLetterEvent(String clientName, String messageId, int attempts, DeadLetter.Cause cause) {
		super(clientName);
		this.messageId = messageId;
		this.attempts = attempts;
		this.cause = cause;
	}

	/**
	 * Return the id of the message.
	 * @return id of the message
	 */
	public String getMessageId() {
		return this.messageId;
	}

	/**
	 * Return the number of transmissions.
	 * @return how often its bytes were handed to a transport
	 */
	public int getAttempts() {
		return this.attempts;
	}

	/**
	 * Return the cause.
	 * @return why it was given up
	 */
	public DeadLetter.Cause getCause() {
		return this.cause;
	}

}
