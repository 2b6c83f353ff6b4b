package io.github.resilientws.transport.netty;

import io.github.resilientws.transport.OutboundPayload;

/**
 * A message with compressed payload, which RSV1 of its first frame signals (RFC 7692,
 * section 6.1).
 *
 * @param isText whether it is text
 * @param payload compressed payload
 */
record CompressedPayload(boolean isText, byte[] payload) implements OutboundPayload {

}
