package io.github.resilientws.core;

/**
 * A message that cannot be admitted. Without a stack trace: the sender gets the text.
 */
final class RefusedMessageException extends Exception {

	private final String reason;

	RefusedMessageException(String reason) {
		super(reason, null, false, false);
		this.reason = reason;
	}

	String reason() {
		return this.reason;
	}

}
