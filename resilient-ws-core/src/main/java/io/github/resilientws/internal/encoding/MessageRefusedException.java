package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be admitted. Without a stack trace: the sender gets the text.
 */
public final class MessageRefusedException extends Exception {

	private final String reason;

	public MessageRefusedException(String reason) {
		this(reason, null);
	}

	/**
	 * Create an exception.
	 * @param reason explanation for a reader, without text of the message
	 * @param cause what was thrown, or {@code null}
	 */
	public MessageRefusedException(String reason, @Nullable Throwable cause) {
		super(reason, cause, false, false);
		this.reason = reason;
	}

	public String reason() {
		return this.reason;
	}

}
