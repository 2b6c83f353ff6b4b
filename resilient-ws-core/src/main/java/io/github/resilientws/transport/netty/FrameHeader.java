package io.github.resilientws.transport.netty;

/**
 * The bits of a frame's first two bytes (RFC 6455, section 5.2).
 */
final class FrameHeader {

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xA;

	static final int OPCODE = 0x0F;

	static final int FINAL = 0x80;

	static final int RESERVED = 0x70;

	/** RSV1, of the first frame of a message only (RFC 7692, section 6.1). */
	static final int COMPRESSED = 0x40;

	static final int MASKED = 0x80;

	/** Larger lengths follow in two bytes, or in eight. */
	static final int MAX_SHORT_LENGTH = 125;

	private FrameHeader() {
	}

}
