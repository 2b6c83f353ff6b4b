package io.github.resilientws.transport;

/**
 * A text message.
 *
 * @param payload UTF-8 bytes of the text
 */
record TextPayload(byte[] payload) implements OutboundPayload {

	@Override
	public boolean isText() {
		return true;
	}

}
