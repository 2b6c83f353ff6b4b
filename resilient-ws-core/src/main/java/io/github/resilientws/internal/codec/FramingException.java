package io.github.resilientws.internal.codec;

/**
 * A message that cannot be decoded or encoded. Its text quotes no payload.
 */
public final class FramingException extends IllegalArgumentException {

	/** The data does not fit its type (RFC 6455, section 7.4.1). */
	private static final int INVALID_PAYLOAD = 1007;

	private static final int TOO_BIG = 1009;

	private final int code;

	private FramingException(int code, String reason) {
		super(reason);
		this.code = code;
	}

	/**
	 * Create an exception for a message that cannot be decoded or encoded.
	 * @param reason why, without payload, in at most 123 characters of ASCII
	 * @return the exception
	 */
	public static FramingException invalid(String reason) {
		return new FramingException(INVALID_PAYLOAD, reason);
	}

	public static FramingException tooBig() {
		return new FramingException(TOO_BIG, "larger than max-message-size when inflated");
	}

	public int code() {
		return this.code;
	}

	public String reason() {
		return String.valueOf(getMessage());
	}

}
