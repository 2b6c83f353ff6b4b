package io.github.resilientws.protocol;

/**
 * A text is not JSON, or exceeds the limits.
 */
final class MalformedJsonException extends RuntimeException {

	/** Without a stack trace, because peers cause it. */
	static final MalformedJsonException INSTANCE = new MalformedJsonException();

	private MalformedJsonException() {
		super(null, null, false, false);
	}

}
