package io.github.resilientws.core;

import io.github.resilientws.transport.OutboundFrame;

/**
 * A text of the client itself: heartbeat, session step or automatic reply.
 *
 * @param payload UTF-8 bytes of the text
 */
record ControlText(byte[] payload) implements OutboundFrame {

	@Override
	public boolean isText() {
		return true;
	}

}
