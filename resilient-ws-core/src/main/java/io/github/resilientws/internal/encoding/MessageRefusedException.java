package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * A message that is not admitted. Without a stack trace: the sender gets the text.
 */
public final class MessageRefusedException extends Exception {

	private final Reason reason;

	private final String detail;

	/**
	 * Refuse a message with {@code REJECTED}.
	 * @param detail explanation for a reader
	 */
	public MessageRefusedException(String detail) {
		this(Reason.REJECTED, detail);
	}

	/**
	 * Refuse a message.
	 * @param reason the reason
	 * @param detail explanation for a reader
	 */
	public MessageRefusedException(Reason reason, String detail) {
		this(reason, detail, null);
	}

	/**
	 * Refuse a message.
	 * @param reason the reason
	 * @param detail explanation for a reader, without text of the message
	 * @param cause the cause, which only the sender sees, or {@code null}
	 */
	public MessageRefusedException(Reason reason, String detail, @Nullable Throwable cause) {
		super(detail, cause, false, false);
		this.reason = reason;
		this.detail = detail;
	}

	public Reason reason() {
		return this.reason;
	}

	public String detail() {
		return this.detail;
	}

}
