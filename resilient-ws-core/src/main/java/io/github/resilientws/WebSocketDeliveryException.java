package io.github.resilientws;

import org.jspecify.annotations.Nullable;

/**
 * A message that will not be delivered, or whose delivery is uncertain.
 *
 * @since 0.1
 */
public class WebSocketDeliveryException extends RuntimeException {

	private final String messageId;

	private final int attempts;

	private final Reason reason;

	private final boolean stored;

	/**
	 * Create an exception without a stack trace, since no frame of the sender is on it.
	 * @param messageId id of the message
	 * @param attempts how often its bytes were handed to a transport
	 * @param reason why it failed
	 * @param detail explanation for a reader
	 */
	public WebSocketDeliveryException(String messageId, int attempts, Reason reason, String detail) {
		this(messageId, attempts, reason, detail, null);
	}

	/**
	 * Create an exception without a stack trace, since no frame of the sender is on it.
	 * @param messageId id of the message
	 * @param attempts how often its bytes were handed to a transport
	 * @param reason why it failed
	 * @param detail explanation for a reader
	 * @param cause the exception behind it, or {@code null}
	 */
	public WebSocketDeliveryException(String messageId, int attempts, Reason reason, String detail,
			@Nullable Throwable cause) {
		this(messageId, attempts, reason, detail, cause, false);
	}

	private WebSocketDeliveryException(String messageId, int attempts, Reason reason, String detail,
			@Nullable Throwable cause, boolean stored) {
		super("message " + CauseDescription.printable(messageId) + " " + reason + ": " + describe(reason, detail),
				cause, false, false);
		this.messageId = messageId;
		this.attempts = attempts;
		this.reason = reason;
		this.stored = stored;
	}

	// the text of a negative acknowledgement comes from the peer
	private static String describe(Reason reason, String detail) {
		return (reason == Reason.NEGATIVE) ? CauseDescription.printable(detail) : detail;
	}

	/**
	 * Create an exception for a message that a durable store keeps.
	 * @param messageId id of the message
	 * @param attempts how often its bytes were handed to a transport
	 * @param reason why its future fails
	 * @param detail explanation for a reader
	 * @return the exception
	 */
	public static WebSocketDeliveryException stored(String messageId, int attempts, Reason reason, String detail) {
		return new WebSocketDeliveryException(messageId, attempts, reason, detail, null, true);
	}

	/**
	 * Return the id of the message.
	 * @return the id
	 */
	public String getMessageId() {
		return this.messageId;
	}

	/**
	 * Return how often the bytes of the message were handed to a transport.
	 * @return the number of attempts; 0 means that the message was certainly not sent
	 */
	public int getAttempts() {
		return this.attempts;
	}

	/**
	 * Return why the message failed.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Return whether a durable store keeps the message: it is sent after the next
	 * {@code connect()} or start, so do not send it again.
	 * @return whether it is stored
	 */
	public boolean isStored() {
		return this.stored;
	}

	/**
	 * Why a message failed.
	 */
	public enum Reason {

		/** The outbox refused it. */
		REJECTED,

		/** Its time to live ended before it was sent. */
		EXPIRED,

		/**
		 * Removed by the overflow policy or by coalescing, or volatile while the client
		 * was not ready.
		 */
		DROPPED,

		/** The server refused it. */
		NEGATIVE,

		/** Handed to the transport; its arrival is uncertain. */
		UNDELIVERABLE,

		/** The client was closed or gave up. */
		CLOSED,

		/** The transaction in which it was sent was rolled back. */
		ROLLED_BACK

	}

}
