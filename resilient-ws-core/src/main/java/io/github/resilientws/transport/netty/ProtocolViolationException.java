package io.github.resilientws.transport.netty;

/**
 * The peer sent something that ends the connection (RFC 6455, section 7.1.7).
 */
final class ProtocolViolationException extends Exception {

	static final int PROTOCOL_ERROR = 1002;

	static final int INVALID_PAYLOAD = 1007;

	private static final int TOO_LARGE = 1009;

	private final int closeCode;

	/**
	 * Create an exception.
	 * @param closeCode code of the close frame that answers it
	 * @param description description without text from the peer
	 */
	ProtocolViolationException(int closeCode, String description) {
		super(description);
		this.closeCode = closeCode;
	}

	static ProtocolViolationException tooLarge() {
		return new ProtocolViolationException(TOO_LARGE, "message too large");
	}

	int closeCode() {
		return this.closeCode;
	}

}
