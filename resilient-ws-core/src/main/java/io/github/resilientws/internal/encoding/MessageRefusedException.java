package io.github.resilientws.internal.encoding;

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

	public MessageRefusedException(Reason reason, String detail) {
		super(detail, null, false, false);
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
