package io.github.resilientws.core;

import java.nio.charset.StandardCharsets;

import io.github.resilientws.transport.OutboundFrame;

/**
 * A text of the client itself: heartbeat, session step or automatic reply.
 *
 * @param payload UTF-8 bytes of the text
 */
record ControlText(byte[] payload) implements OutboundFrame {

	static ControlText of(String text) {
		return new ControlText(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public boolean isText() {
		return true;
	}

}
