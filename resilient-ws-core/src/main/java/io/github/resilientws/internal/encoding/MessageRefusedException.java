package io.github.resilientws.internal.encoding;

/**
 * A message that cannot be admitted. Without a stack trace: the sender gets the text.
 */
public final class MessageRefusedException extends Exception {

	private final String reason;

	public MessageRefusedException(String reason) {
		super(reason, null, false, false);
		this.reason = reason;
	}

	public String reason() {
		return this.reason;
	}

}
