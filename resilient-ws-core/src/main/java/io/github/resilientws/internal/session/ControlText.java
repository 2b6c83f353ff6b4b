package io.github.resilientws.internal.session;

import io.github.resilientws.transport.OutboundPayload;

/**
 * A text message of the protocol: heartbeat, session step or automatic reply.
 *
 * @param payload UTF-8 bytes of the text
 */
public record ControlText(byte[] payload) implements OutboundPayload {

	@Override
	public boolean isText() {
		return true;
	}

}
