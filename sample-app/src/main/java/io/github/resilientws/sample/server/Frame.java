package io.github.resilientws.sample.server;

import java.nio.charset.StandardCharsets;

/**
 * One complete WebSocket message or control frame.
 *
 * @param opcode opcode of RFC 6455
 * @param payload unmasked payload
 */
record Frame(int opcode, byte[] payload) {

	static final int TEXT = 1;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	static Frame text(String text) {
		return new Frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static Frame close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		byte[] payload = new byte[2 + text.length];
		payload[0] = (byte) (code >> 8);
		payload[1] = (byte) code;
		System.arraycopy(text, 0, payload, 2, text.length);
		return new Frame(CLOSE, payload);
	}

	String asText() {
		return new String(this.payload, StandardCharsets.UTF_8);
	}

	boolean isControl() {
		return this.opcode >= CLOSE;
	}

}
